/** One change of one file by exact text, the unit of everything here. Never a pattern: text is replaced as it stands. */
export interface Change {
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly before: string;
  readonly after: string;
}

/** The text with the change made; undefined where `before` does not stand in it exactly once. */
export function changedMaybe(text: string, { before, after }: Omit<Change, "file">): string | undefined {
  const at = text.indexOf(before);
  if (at < 0 || text.includes(before, at + 1)) return undefined;
  return text.slice(0, at) + after + text.slice(at + before.length);
}

/** As `changedMaybe`, for changes that are known to fit: throws where one does not. */
export function changed(text: string, change: Change): string {
  const result = changedMaybe(text, change);
  if (result === undefined) throw new Error(`${change.file}: not exactly once: ${change.before}`);
  return result;
}
