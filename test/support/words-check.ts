/**
 * A check that finds in a few milliseconds what the compiler finds in a second, for tests whose subject is who is asked and
 * told of findings: `return String(…)` and the like where a number is promised, the names `two` and `too`, and a constant
 * that is given a value. Like the compiler it can be silenced, so that gates have something to refuse. Its codes are none of
 * the compiler's, whose fixes nobody is to look for.
 */
const AWK = `
FNR == 1 { prev = "" }
prev !~ /@ts-(ignore|expect-error)/ {
  if (match($0, /return (String\\(|\`)/)) tell("E2322", "Type 'string' is not assignable to type 'number'.")
  if (match($0, /[*\\/] (two|too);/)) tell("E2304", "Cannot find name '" substr($0, RSTART + 2, RLENGTH - 3) "'.")
  if (match($0, /^x = /)) tell("E2588", "Cannot assign to 'x' because it is a constant.")
}
{ prev = $0 }
function tell(code, text) { print FILENAME "(" FNR "," RSTART "): error " code ": " text; found = 1 }
END { exit found }
`;

export const WORDS_CHECK = {
  name: "words",
  use: "problem-matcher",
  run: ["sh", "-c", 'exec awk "$0" src/*.ts', AWK],
  matcher: { owner: "words", pattern: { regexp: "^(.+)\\((\\d+),(\\d+)\\): (error) (E\\d+): (.*)$", file: 1, line: 2, column: 3, severity: 4, code: 5, message: 6 } },
};
