/**
 * Finds the functions of a Rust or Go file by its words and braces, without a parser: enough to say that a line stands
 * inside of one. Text in strings and comments does not count. Where braces do not match, as in code that does not parse,
 * a function ends with the file, which makes it too large: more is then taken for touched than is.
 */

/** Lines from 1, both inclusive. */
export interface FunctionLines {
  /** The line of the keyword: the signature begins there. */
  readonly from: number;
  /** The line on which the body opens. */
  readonly body: number;
  readonly to: number;
}

/** The word that begins a function. */
export type FunctionKeyword = "fn" | "func";

/** A string, a raw string, a character or a comment; what it holds is blanked, line ends stay. */
const HIDDEN: Readonly<Record<FunctionKeyword, RegExp>> = {
  // A lifetime ('a) is no character: one ends with its quote.
  fn: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\bb?r(#{0,16})"[\s\S]*?"\1|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\\n]|\\[^\n]{1,12}?)'/g,
  func: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n]{1,12}?)'/g,
};

/** In Rust the word alone begins a type. */
const HEAD: Readonly<Record<FunctionKeyword, RegExp>> = { fn: /\bfn\s+[\p{L}_]/gu, func: /\bfunc\b/g };

/** A function's own text may be no larger than this, in UTF-16 code units, to be told from its file. */
const MAX_FILE_LENGTH = 4 * 1024 * 1024;

/** The outermost functions of a file with their bodies; those without one, as in a trait, are left out. */
export function functionsIn(text: string, keyword: FunctionKeyword): FunctionLines[] {
  if (text.length > MAX_FILE_LENGTH) return [];
  const code = text.replace(HIDDEN[keyword], (hidden) => hidden.replace(/[^\n]/g, " "));
  const lineOf = lineCounter(code);
  const found: FunctionLines[] = [];
  const head = HEAD[keyword];
  head.lastIndex = 0;
  for (let match = head.exec(code); match; match = head.exec(code)) {
    const opens = bodyOf(code, head.lastIndex);
    if (opens === undefined) continue;
    const closes = closingOf(code, opens);
    found.push({ from: lineOf(match.index), body: lineOf(opens), to: lineOf(closes) });
    head.lastIndex = closes;
  }
  return found;
}

/** The brace that opens the body behind a signature; undefined where it ends with a semicolon, or is a type. */
function bodyOf(code: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    const mark = code.charAt(at);
    if (mark === "(" || mark === "[") depth++;
    else if (mark === ")" || mark === "]") depth--;
    if (depth < 0) return undefined;
    if (depth > 0) continue;
    if (mark === "{") return at;
    if (mark === ";" || mark === "}") return undefined;
  }
  return undefined;
}

function closingOf(code: string, opens: number): number {
  let depth = 0;
  for (let at = opens; at < code.length; at++) {
    if (code.charAt(at) === "{") depth++;
    else if (code.charAt(at) === "}" && --depth === 0) return at;
  }
  return code.length;
}

/** For places in ascending order. */
function lineCounter(text: string): (place: number) => number {
  let [line, at] = [1, 0];
  return (place) => {
    for (let next = text.indexOf("\n", at); next >= 0 && next < place; next = text.indexOf("\n", at)) {
      line++;
      at = next + 1;
    }
    return line;
  };
}
