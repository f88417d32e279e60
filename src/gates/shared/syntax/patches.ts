/** A proposal's edits of one file as patches: how long each is, and which of them a place belongs to. */
import type { Edit } from "../../../domain/proposal.ts";
import { changedLines } from "../lines.ts";

export interface Patch {
  readonly edit: Edit;
  readonly lines: number;
  /** Where it begins in the text before, and where it ends there. */
  readonly start: number;
  readonly end: number;
  /** The same in the text after. */
  readonly startAfter: number;
  readonly endAfter: number;
}

export function patchesOf(edits: readonly Edit[]): Patch[] {
  let shift = 0;
  return edits.toSorted((one, other) => one.start - other.start).map((edit) => {
    const [before, after] = [edit.before ?? "", edit.after ?? ""];
    const startAfter = edit.start + shift;
    shift += after.length - before.length;
    const end = edit.start + before.length;
    return { edit, lines: changedLines(before, after), start: edit.start, end, startAfter, endAfter: startAfter + after.length };
  });
}

/** The patch nearest to a place of the text before, or after. */
export function patchAt(patches: readonly Patch[], side: "before" | "after", place: number): Patch | undefined {
  const [start, end] = side === "before" ? (["start", "end"] as const) : (["startAfter", "endAfter"] as const);
  const distance = (patch: Patch): number => Math.max(patch[start] - place, place - patch[end], 0);
  return patches.toSorted((one, other) => distance(one) - distance(other))[0];
}
