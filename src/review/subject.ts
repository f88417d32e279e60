/** What is reviewed: one file as it stands in the base, whole. */

export interface Subject {
  readonly file: string;
  readonly text: string;
  /** Where only what changed is reviewed. */
  readonly change?: Hunks;
  /** What the repository says of itself; empty where it says nothing. */
  readonly guidance: string;
}

/** A file's part of a unified difference. */
export interface Hunks {
  readonly text: string;
  /** Lines of the file as it stands that are new or changed, or lie at a place where some were deleted. */
  readonly lines: ReadonlySet<number>;
}

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** Reads what `git diff` says of one file. */
export function hunksIn(text: string): Hunks {
  const lines = new Set<number>();
  let at = 0;
  for (const line of text.slice(Math.max(0, text.search(/^@@/m))).split("\n")) {
    const [, start] = HUNK.exec(line) ?? [];
    if (start !== undefined) at = Number(start);
    else if (line.startsWith("+")) lines.add(at++);
    else if (line.startsWith("-")) lines.add(Math.max(1, at));
    else if (line.startsWith(" ")) at++;
  }
  return { text, lines };
}
