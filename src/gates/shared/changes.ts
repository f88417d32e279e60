/**
 * What a proposal makes of each file it touches. A file whose base has no text, or on which the edits do not fit, is
 * left out: the gates `text`, `crossing` and `exact` refuse those, so no other gate has to.
 */
import { applyEdits } from "../../domain/edit.ts";
import type { GateContext } from "../../domain/plugin.ts";
import type { Edit, Proposal } from "../../domain/proposal.ts";

/** One file before and after. `null` where it does not exist then. */
export interface Change {
  readonly file: string;
  readonly edits: readonly Edit[];
  readonly before: string | null;
  readonly after: string | null;
}

export function changesOf(proposal: Proposal, context: GateContext): readonly Change[] {
  return [...editsByFile(proposal)].flatMap(([file, edits]) => {
    const base = context.base.get(file) ?? { kind: "absent" };
    if (base.kind !== "text" && base.kind !== "absent") return [];
    const before = base.kind === "text" ? base.text : null;
    const applied = applyEdits(before, edits);
    return applied.ok ? [{ file, edits, before, after: applied.text }] : [];
  });
}

export function editsByFile(proposal: Proposal): ReadonlyMap<string, readonly Edit[]> {
  return Map.groupBy(proposal.edits, ({ file }) => file);
}
