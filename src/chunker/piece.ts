/** A task as a model has cut it: others are meant by their titles, places of the plan by their lines. */

export interface Piece {
  readonly title: string;
  readonly instructions: string;
  /** Of the plan, from 1. */
  readonly line: number;
  readonly files: readonly string[];
  readonly acceptance: readonly string[];
  /** Titles of those that have to be done before. */
  readonly after: readonly string[];
  /** Lines of the boxes that are done with it. */
  readonly boxes: readonly number[];
  /** Of an earlier cut, and built: it stays as it is, below the headings that it had. */
  readonly section?: readonly string[];
}

/** By which two are the same task: what is left of a title without its case, its marks and its spaces. */
export function nameOf(title: string): string {
  const words = title.normalize("NFKC").toLowerCase();
  return words.replace(/[^\p{L}\p{N}]+/gu, " ").trim() || words;
}
