/**
 * The suggestion blocks of a review comment, as GitHub reads them: fenced code whose info string is `suggestion`, each of
 * them whole lines in place of the lines that the comment is about. Pure.
 */

export interface Comment {
  /** The comment without its blocks. */
  readonly words: string;
  /** Whole lines each; empty where the lines are to be deleted. */
  readonly blocks: readonly string[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/;

/** A fence that is not closed goes to the end of the comment (CommonMark 0.31, 4.5). */
export function readComment(body: string): Comment {
  const words: string[] = [];
  const blocks: string[] = [];
  const lines = body.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const [, fence, info = ""] = FENCE.exec(lines[at] ?? "") ?? [];
    const end = fence === undefined ? at : endOfFence(lines, at, fence);
    const inner = lines.slice(at + 1, end);
    if (fence !== undefined && info.trim() === "suggestion") blocks.push(inner.map((line) => `${line}\n`).join(""));
    else words.push(...lines.slice(at, end + 1));
    at = end;
  }
  return { words: words.join("\n").trim(), blocks };
}

/** The line that closes it: a fence of the same kind, as long at least, with nothing behind it. */
function endOfFence(lines: readonly string[], start: number, open: string): number {
  for (let at = start + 1; at < lines.length; at++) {
    const [, fence = "", info = ""] = FENCE.exec(lines[at] ?? "") ?? [];
    if (fence.startsWith(open) && info.trim() === "") return at;
  }
  return lines.length;
}

/** The last lines of a hunk as they are after the change; undefined where it has fewer. */
export function lastLinesOf(hunk: string, count: number): readonly string[] | undefined {
  const lines = hunk.split(/\r?\n/).slice(1);
  const after = lines.filter((line) => line.startsWith("+") || line.startsWith(" ")).map((line) => line.slice(1));
  return after.length < count ? undefined : after.slice(-count);
}
