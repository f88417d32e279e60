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
  let open: { readonly fence: string; readonly lines: string[] | undefined } | undefined;
  const close = (): void => {
    if (open?.lines) blocks.push(open.lines.map((line) => `${line}\n`).join(""));
    open = undefined;
  };
  for (const line of body.split(/\r?\n/)) {
    const [, fence = "", info = ""] = FENCE.exec(line) ?? [];
    if (open) {
      const ends = fence.startsWith(open.fence) && info.trim() === "";
      if (!open.lines) words.push(line);
      else if (!ends) open.lines.push(line);
      if (ends) close();
    } else if (fence !== "") {
      const isSuggestion = info.trim() === "suggestion";
      open = { fence, lines: isSuggestion ? [] : undefined };
      if (!isSuggestion) words.push(line);
    } else {
      words.push(line);
    }
  }
  close();
  return { words: words.join("\n").trim(), blocks };
}

/** The last lines of a hunk as they are after the change; undefined where it has fewer. */
export function lastLinesOf(hunk: string, count: number): readonly string[] | undefined {
  const lines = hunk.split(/\r?\n/).slice(1);
  const after = lines.filter((line) => line.startsWith("+") || line.startsWith(" ")).map((line) => line.slice(1));
  return after.length < count ? undefined : after.slice(-count);
}
