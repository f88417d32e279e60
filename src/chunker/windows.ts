/** A long text in pieces that overlap: what the border of one tears stands whole in the next. */

/** Capability B2; in UTF-16 code units. */
export const WINDOW_LENGTH = 5_000;
export const WINDOW_OVERLAP = 500;
export const MAX_WINDOWS = 10;
/** What that many windows reach. */
export const MAX_TEXT_LENGTH = WINDOW_LENGTH + (MAX_WINDOWS - 1) * (WINDOW_LENGTH - WINDOW_OVERLAP);

export interface Window {
  readonly text: string;
  /** The lines of the text that stand in it, whole or in part; from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Lines before this one are not shown again. */
  readonly nextLine: number;
}

/** Undefined where the text is longer than they reach: a part of a plan is no plan. */
export function windowsOf(text: string): Window[] | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const windows: Window[] = [];
  for (let start = 0; windows.length < MAX_WINDOWS; start += WINDOW_LENGTH - WINDOW_OVERLAP) {
    const [from, to] = [whole(text, start), whole(text, start + WINDOW_LENGTH)];
    const isLast = to >= text.length;
    const next = isLast ? text.length : whole(text, start + WINDOW_LENGTH - WINDOW_OVERLAP);
    const lastLine = lineAt(text, to);
    windows.push({ text: text.slice(from, to), firstLine: lineAt(text, from), lastLine, nextLine: isLast ? lastLine + 1 : lineAt(text, next) });
    if (isLast) break;
  }
  return windows;
}

/** Never in the middle of a character. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 ? at - 1 : Math.min(at, text.length);
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", end + 1)) line++;
  return line;
}
