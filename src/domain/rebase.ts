/**
 * Moves edits of a text to where they stand after other edits of the same text were made. Exact arithmetic on offsets, no
 * search: what touches anything that has changed meanwhile has no place any more.
 */
import { conflict, type Edit } from "./edit.ts";

/**
 * `edits`, as they are once `made` have been made; both were made for the same text. Undefined where the two cannot both
 * be made.
 */
export function rebaseEdits(edits: readonly Edit[], made: readonly Edit[]): Edit[] | undefined {
  if (conflict(edits, made)) return undefined;
  return edits.map((edit) => {
    if (edit.before === null || edit.after === null) return edit;
    const earlier = made.filter(({ file, start }) => file === edit.file && start < edit.start);
    return { ...edit, start: earlier.reduce((start, { before, after }) => start + (after?.length ?? 0) - (before?.length ?? 0), edit.start) };
  });
}

/** The line, from 1, on which a place stands after these edits of its file were made; `text` is the file before them. */
export function rebaseLine(line: number, text: string, made: readonly Edit[]): number {
  return made.reduce((moved, { start, before, after }) => {
    const at = newlines(text.slice(0, start)) + 1;
    return at < line ? Math.max(1, moved + newlines(after ?? "") - newlines(before ?? "")) : moved;
  }, line);
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
