/** How far the tool vouches for its change. `display` is shown to people and never tried. */
export type Safety = "safe" | "unsafe" | "display";

/** The two modes git gives a regular file. */
export type FileMode = "100644" | "100755";

/**
 * Puts `after` where `before` must stand, at `start` (UTF-16 code units from the beginning of the file, a BOM counted
 * as one). `before: null` creates the file, `after: null` deletes it; both then have `start: 0`.
 */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly before: string | null;
  readonly after: string | null;
  /** The file's mode afterwards; absent where it stays as it is (`100644` for a new file). */
  readonly mode?: FileMode;
}

/** Why a set of edits cannot be put on a text. */
export type EditFault =
  | { readonly code: "absent"; readonly edit: Edit }
  | { readonly code: "mismatch"; readonly edit: Edit }
  | { readonly code: "overlap"; readonly edit: Edit; readonly other: Edit };

export type Applied =
  | { readonly ok: true; readonly text: string | null }
  | { readonly ok: false; readonly fault: EditFault };

/**
 * Puts all edits of one file on its text, or none. `text: null` is a file that does not exist. Every `before` must
 * stand exactly where the edit says; what stands outside the replaced spans is kept code unit for code unit, and
 * `after` is put in as it is (never read as a replacement pattern).
 */
export function applyEdits(text: string | null, edits: readonly Edit[]): Applied {
  const nowhere = edits.find((edit) => !isPlace(edit));
  if (nowhere) return { ok: false, fault: { code: "mismatch", edit: nowhere } };
  const sorted = inOrder(edits);
  const clash = overlap(sorted);
  if (clash) return { ok: false, fault: clash };
  const whole = sorted.find((edit) => edit.before === null || edit.after === null);
  if (whole) return replaceWhole(text, whole);
  let result = "";
  let done = 0;
  for (const edit of sorted) {
    const before = edit.before ?? "";
    if (text === null) return { ok: false, fault: { code: "absent", edit } };
    // `startsWith` moves a start beyond the end back to it, where an empty `before` would fit.
    if (!text.startsWith(before, edit.start) || edit.start > text.length) {
      return { ok: false, fault: { code: "mismatch", edit } };
    }
    result += text.slice(done, edit.start) + (edit.after ?? "");
    done = edit.start + before.length;
  }
  return { ok: true, text: text === null ? null : result + text.slice(done) };
}

/** `startsWith` and `slice` each read a negative or broken start in a way of their own, so there is none. */
function isPlace(edit: Edit): boolean {
  const whole = edit.before === null || edit.after === null;
  return whole ? edit.start === 0 : Number.isSafeInteger(edit.start) && edit.start >= 0;
}

function replaceWhole(text: string | null, edit: Edit): Applied {
  if (edit.before === null) {
    return text === null ? { ok: true, text: edit.after } : { ok: false, fault: { code: "mismatch", edit } };
  }
  if (text === null) return { ok: false, fault: { code: "absent", edit } };
  return text === edit.before ? { ok: true, text: null } : { ok: false, fault: { code: "mismatch", edit } };
}

/**
 * The first two edits of one file that cannot both be made: spans that overlap, two insertions at one place (their
 * order would be a guess), or anything beside a creation or deletion of the whole file. Expects them in order.
 */
function overlap(sorted: readonly Edit[]): EditFault | undefined {
  for (const [index, edit] of sorted.entries()) {
    const other = sorted[index - 1];
    if (other && clashes(other, edit)) return { code: "overlap", edit, other };
  }
  return undefined;
}

/** Whether two edits of the same file exclude each other; `first` starts no later than `second`. */
function clashes(first: Edit, second: Edit): boolean {
  const whole = [first, second].some(({ before, after }) => before === null || after === null);
  const end = first.start + (first.before?.length ?? 0);
  return whole || second.start < end || second.start === first.start;
}

/** Whether two sets of edits cannot both be made: spans that clash, or two modes for one file. */
export function conflict(left: readonly Edit[], right: readonly Edit[]): boolean {
  return left.some((one) =>
    right.some((other) => one.file === other.file && (collide(one, other) || modesDiffer(one, other))),
  );
}

function collide(one: Edit, other: Edit): boolean {
  return one.start <= other.start ? clashes(one, other) : clashes(other, one);
}

/** Whether two edits of one file want different modes for it. */
export function modesDiffer(one: Edit, other: Edit): boolean {
  return one.mode !== undefined && other.mode !== undefined && one.mode !== other.mode;
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((one, other) => one.start - other.start || length(one) - length(other));
}

function length(edit: Edit): number {
  return edit.before?.length ?? 0;
}
