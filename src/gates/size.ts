/**
 * A proposal stays small enough for a person to read, and edits a file instead of writing it anew: a rewrite loses what
 * nobody asked to change. Lines are counted per edit as in `shared/lines.ts` (a replaced line counts once). The
 * fraction is of the lines of the base file; new files and files below `smallFileLines` are not held to it.
 */
import type { Gate, GateContext } from "../domain/plugin.ts";
import type { Edit, Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { editsByFile } from "./shared/changes.ts";
import { changedLines, linesOf } from "./shared/lines.ts";

const name = "size";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that touches too many files or lines, or rewrites too large a part of a file.",
  judge(proposal, context) {
    const files = editsByFile(proposal);
    const { maxFiles, maxChangedLines } = context.policy;
    const lines = linesIn(proposal.edits);
    return [
      ...(files.size > maxFiles ? [reason(name, "too-many-files", { files: files.size, max: maxFiles })] : []),
      ...(lines > maxChangedLines ? [reason(name, "too-many-lines", { lines, max: maxChangedLines })] : []),
      ...fractions(proposal, context),
    ];
  },
};

function fractions(proposal: Proposal, { base, policy }: GateContext): readonly Reason[] {
  return [...editsByFile(proposal)].flatMap(([file, edits]) => {
    const was = base.get(file);
    if (was?.kind !== "text") return [];
    const total = linesOf(was.text).length;
    if (total < policy.smallFileLines || total === 0) return [];
    const fraction = linesIn(edits) / total;
    const args = { file, percent: Math.round(fraction * 100), maxPercent: Math.round(policy.maxChangedFraction * 100) };
    return fraction > policy.maxChangedFraction ? [reason(name, "file-rewritten", args)] : [];
  });
}

function linesIn(edits: readonly Edit[]): number {
  return edits.reduce((sum, { before, after }) => sum + changedLines(before ?? "", after ?? ""), 0);
}
