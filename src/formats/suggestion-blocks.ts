/**
 * The suggestion blocks of a review comment: fenced code whose info string is `suggestion`, each of them whole lines in place
 * of the lines that the comment is about (GitHub), or of those so far above and below its line (GitLab, `suggestion:-1+2`). Pure.
 */

export interface Comment {
  /** The comment without its blocks. */
  readonly words: string;
  /** Whole lines each; empty where the lines are to be deleted. */
  readonly blocks: readonly string[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/;

/** As GitHub reads it. */
export function readComment(body: string): Comment {
  const { words, blocks } = readBlocks(body, /^suggestion$/);
  return { words, blocks: blocks.map(({ text }) => text) };
}

/** Whole lines in place of a comment's line and so many above and below it. */
export interface Reach {
  readonly text: string;
  readonly above: number;
  readonly below: number;
}

/** As GitLab reads it: at most a hundred lines above and a hundred below, and without figures the line alone. */
export function readReaching(body: string): { readonly words: string; readonly blocks: readonly Reach[] } {
  const { words, blocks } = readBlocks(body, REACHING);
  return { words, blocks: blocks.map(({ text, opened: [, above = 0, below = 0] }) => ({ text, above: Number(above), below: Number(below) })) };
}

const REACHING = /^suggestion(?::-(\d{1,3})\+(\d{1,3}))?$/;

interface Block {
  readonly text: string;
  readonly opened: RegExpExecArray;
}

/** A fence that is not closed goes to the end of the comment (CommonMark 0.31, 4.5). */
function readBlocks(body: string, info: RegExp): { readonly words: string; readonly blocks: readonly Block[] } {
  const words: string[] = [];
  const blocks: Block[] = [];
  const lines = body.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const [, fence, said = ""] = FENCE.exec(lines[at] ?? "") ?? [];
    const opened = fence === undefined ? null : info.exec(said.trim());
    const end = fence === undefined ? at : endOfFence(lines, at, fence);
    const inner = lines.slice(at + 1, end);
    if (opened) blocks.push({ text: inner.map((line) => `${line}\n`).join(""), opened });
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
