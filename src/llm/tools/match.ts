/**
 * Finds the place that a model means by quoting it: exactly, or else line by line with other indentation, which is then
 * put right in what takes its place. Never anything fuzzier: the nearest text by distance is the wrong place in 7 to 16 of
 * 100 cases, indentation alone in 3 of 1,000.
 */

export interface Replacement {
  readonly old_string: string;
  readonly new_string: string;
}

export interface Span {
  readonly start: number;
  readonly before: string;
  readonly after: string;
  /** Whether the indentation was put right. */
  readonly reindented: boolean;
}

/** Why there is no such place, with what helps to name it: the lines that come closest, or all places that fit. */
export type Miss =
  | { readonly kind: "nowhere"; readonly closest: string; readonly line: number }
  | { readonly kind: "several"; readonly lines: readonly number[] }
  | { readonly kind: "empty" };

export function locate(text: string, { old_string, new_string }: Replacement): Span | Miss {
  if (old_string.trim() === "") return { kind: "empty" };
  const [old, fresh] = text.includes("\r\n") ? [toCrlf(old_string), toCrlf(new_string)] : [old_string, new_string];
  const starts = startsOf(text, old);
  if (starts.length > 1) return { kind: "several", lines: starts.map((start) => lineOf(text, start)) };
  const [start] = starts;
  if (start !== undefined) return { start, before: old, after: fresh, reindented: false };
  return byLines(text, old, fresh);
}

export function isMiss(found: Span | Miss): found is Miss {
  return "kind" in found;
}

/** A model writes bare newlines, whatever the file has. */
function toCrlf(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}

function startsOf(text: string, old: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1)) starts.push(at);
  return starts;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Whole lines that are the same but for the space around them. */
function byLines(text: string, old: string, fresh: string): Span | Miss {
  const lines = text.split("\n");
  const wanted = trimmedBlock(old);
  const trimmed = lines.map((line) => line.trim());
  const hits = lines.flatMap((_, index) => (wanted.every((line, offset) => trimmed[index + offset] === line.trim()) ? [index] : []));
  if (hits.length > 1) return { kind: "several", lines: hits.map((index) => index + 1) };
  const [hit] = hits;
  if (hit === undefined) return closest(lines, trimmed, wanted);
  const found = lines.slice(hit, hit + wanted.length);
  const start = lines.slice(0, hit).reduce((sum, line) => sum + line.length + 1, 0);
  const after = reindent(trimmedBlock(fresh), wanted, found);
  const end = found.at(-1)?.endsWith("\r") === true ? "\r" : "";
  const before = found.join("\n");
  return { start, before, after: after.length === 0 ? end : `${after.join("\n").replace(/\r$/, "")}${end}`, reindented: true };
}

/** Without blank lines at its ends, which a quote may have gained. */
function trimmedBlock(text: string): string[] {
  const lines = text.split("\n");
  while (lines.length > 0 && lines[0]?.trim() === "") lines.shift();
  while (lines.length > 0 && lines.at(-1)?.trim() === "") lines.pop();
  return lines;
}

/**
 * Each line with the indentation that the file has where the quote had this one, of several such lines the one nearest by;
 * deeper than any that was quoted, it keeps what it has more.
 */
function reindent(fresh: readonly string[], quoted: readonly string[], found: readonly string[]): string[] {
  const known = quoted.flatMap((line, index) => (line.trim() === "" ? [] : [{ index, from: indentOf(line), to: indentOf(found[index] ?? "") }]));
  return fresh.map((line, at) => {
    if (line.trim() === "") return line.endsWith("\r") ? "\r" : "";
    const fitting = known.filter(({ from }) => indentOf(line).startsWith(from));
    const far = ({ index }: { index: number }): number => Math.abs(index - at);
    const [nearest] = fitting.sort((one, other) => other.from.length - one.from.length || far(one) - far(other));
    return nearest ? `${nearest.to}${line.slice(nearest.from.length)}` : line;
  });
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** The lines of the file that share most with the quote; for the model to read, never to be edited. */
function closest(lines: readonly string[], trimmed: readonly string[], wanted: readonly string[]): Miss {
  const words = new Set(wanted.flatMap(wordsIn));
  let best = { score: -1, index: 0 };
  for (const index of lines.keys()) {
    const window = trimmed.slice(index, index + wanted.length);
    const score = window.reduce((sum, line, offset) => sum + (line === wanted[offset]?.trim() ? 100 : wordsIn(line).filter((word) => words.has(word)).length), 0);
    if (score > best.score) best = { score, index };
  }
  return { kind: "nowhere", closest: lines.slice(best.index, best.index + wanted.length).join("\n"), line: best.index + 1 };
}

function wordsIn(line: string): string[] {
  return line.match(/\w+/g) ?? [];
}

/** What a model is told of a quote that was not found once. */
export function adviceFor(miss: Miss): string {
  if (miss.kind === "empty") return "old_string is empty. Quote the text that is to be replaced.";
  if (miss.kind === "several") return `old_string stands there ${miss.lines.length} times, on lines ${miss.lines.slice(0, 20).join(", ")}. Quote more around it.`;
  return `old_string does not stand there. What comes closest, from line ${miss.line} on:\n${miss.closest}`;
}

/** The text with one quote replaced, or what the model is told of it. */
export function replaceQuote(text: string, replacement: Replacement): { readonly text: string; readonly told: string } | { readonly told: string } {
  const found = locate(text, replacement);
  if (isMiss(found)) return { told: adviceFor(found) };
  const next = text.slice(0, found.start) + found.after + text.slice(found.start + found.before.length);
  return { text: next, told: `Done${found.reindented ? ", with the file's indentation" : ""}.` };
}
