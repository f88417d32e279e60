/**
 * Reads what `cargo test` prints, its errors and its output in one stream: a header for each test program, then what
 * libtest says (its `pretty` format, the only one that is stable). A header counts only where it names a program that
 * cargo has just built, so a test cannot make one up. Never takes a program that ended early for one that ran to its end.
 */
import type { Place } from "../../domain/finding.ts";
import type { TestStatus } from "../../domain/reading.ts";

/** One test program, or the examples in one library's documentation. */
export interface TestProgram {
  /** How its tests are named: the file that it is made from. */
  readonly file: string;
  /** The program's own file name, with the hash that makes it unique; for documentation the library's name. */
  readonly header: { readonly executable: string } | { readonly library: string };
}

export interface LibtestTest {
  readonly name: string;
  readonly status: TestStatus;
  /** Where it panicked, as the program says it. */
  readonly at?: Place;
}

export interface LibtestProgram {
  readonly program: TestProgram;
  /** None where it has no harness of libtest's, and says in its own way what it does. */
  readonly tests: readonly LibtestTest[] | undefined;
  /** Whether it came to its end and told all it had announced. */
  readonly isWhole: boolean;
}

const HEADER = /^ +(?:Running (?:unittests )?\S.*?\(([^()]+)\)|Doc-tests (\S+))$/;
const BEGIN = /^running (\d+) tests?$/;
const TEST = /^test (.+?) \.\.\. (ok|FAILED|ignored(?:,.*)?|bench:.*)$/;
const END = /^test result: /;

/** The programs that ran, in their order. */
export function parseLibtest(text: string, programs: readonly TestProgram[]): LibtestProgram[] {
  const found: { program: TestProgram; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const program = programOf(line, programs);
    if (program) found.push({ program, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found.map(({ program, lines }) => ({ program, ...readProgram(lines) }));
}

function programOf(line: string, programs: readonly TestProgram[]): TestProgram | undefined {
  const [, path, library] = HEADER.exec(line) ?? [];
  const file = path?.replaceAll("\\", "/").split("/").at(-1);
  return programs.find(({ header }) => ("library" in header ? header.library === library : file !== undefined && header.executable === file));
}

function readProgram(lines: readonly string[]): Pick<LibtestProgram, "tests" | "isWhole"> {
  const begin = lines.findIndex((line) => BEGIN.test(line));
  if (begin < 0) return { tests: undefined, isWhole: true };
  const end = lines.findIndex((line, index) => index > begin && (END.test(line) || line === "failures:"));
  const told = lines.slice(begin + 1, end < 0 ? undefined : end).flatMap((line) => {
    const test = TEST.exec(line);
    return test ? [test] : [];
  });
  const places = placesOf(lines.slice(Math.max(0, end)));
  // They end in any order; those of one name are told apart by theirs, which is that of their lines.
  const tests = told.sort(inOrder).map(([, name = "", result = ""]) => toTest(name, result, places));
  const announced = Number(BEGIN.exec(lines[begin] ?? "")?.[1]);
  return { tests, isWhole: lines.some((line) => END.test(line)) && tests.length === announced };
}

function inOrder([, one = ""]: RegExpExecArray, [, other = ""]: RegExpExecArray): number {
  return one.localeCompare(other, "en", { numeric: true });
}

/** `- should panic` says how a test is to end; the line of an example moves with the code above it. */
function toTest(told: string, result: string, places: ReadonlyMap<string, Place>): LibtestTest {
  const at = places.get(told.replace(/ - should panic$/, ""));
  const name = told.replace(/ - should panic$/, "").replace(/ \(line \d+\)(?: - compile(?: fail)?)?$/, "");
  const status = result === "FAILED" ? "failed" : result.startsWith("ignored") ? "skipped" : "passed";
  return { name, status, ...(at && status === "failed" && { at }) };
}

const OUTPUT_OF = /^---- (.+) stdout ----$/;
/** Since Rust 1.73 the place comes first; before it stood behind the message, which may have several lines. */
const PANICKED = /(?:panicked at |', )([^\s:'][^:']*\.rs):(\d+):(\d+):?$/;

function placesOf(lines: readonly string[]): Map<string, Place> {
  const places = new Map<string, Place>();
  let test = "";
  for (const line of lines) {
    test = OUTPUT_OF.exec(line)?.[1] ?? test;
    const [, file, row, column] = PANICKED.exec(line) ?? [];
    if (file !== undefined && !places.has(test)) places.set(test, { file: file.replaceAll("\\", "/"), line: Number(row), column: Number(column) });
  }
  return places;
}

/** The targets that failed, as cargo lists them at its end: `-p crate --test name`. */
export function failedTargets(text: string): string[] {
  const [, list = ""] = /^error: \d+ targets? failed:\r?\n((?:\s+`[^`\n]*`\r?\n?)+)/m.exec(text) ?? [];
  return [...list.matchAll(/`([^`\n]*)`/g)].map(([, target = ""]) => target);
}
