/**
 * Under the policy `mechanical`, how many edits of a file models may make over a whole run (capability A5); the gate of that name
 * sees one proposal at a time and can only count within it.
 */
import type { Policy } from "../domain/plugin.ts";
import { filesOf, TOOLS_RUNG, type Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";

type Patched = Pick<Proposal, "rung" | "edits">;

/** The first file that would have more than it may, beside what models have `made` already; undefined where none would. */
export function patchesUsedUp(offer: Patched, made: readonly Patched[], { edits: { level, maxPatches } }: Pick<Policy, "edits">): Reason | undefined {
  if (level !== "mechanical" || offer.rung <= TOOLS_RUNG) return undefined;
  const own = made.filter(({ rung }) => rung > TOOLS_RUNG);
  const file = filesOf(offer.edits).find((one) => count(own, one) > 0 && count(own, one) + count([offer], one) > maxPatches);
  return file === undefined ? undefined : reason("mechanical", "patches-used-up", { file, patches: count(own, file), max: maxPatches });
}

function count(proposals: readonly Patched[], file: string): number {
  return proposals.reduce((sum, { edits }) => sum + edits.filter((edit) => edit.file === file).length, 0);
}
