/** What would become of edits, for whoever still works on them: nothing lands, and nothing is decided by it. */
import type { Rehearsal } from "../domain/plugin.ts";
import { proposal, type Proposal } from "../domain/proposal.ts";
import type { Base } from "../trial/measure.ts";
import { refusals } from "./gatekeeping.ts";
import type { Kit } from "./kit.ts";

/** Gates first, as for any proposal; the checks through their oracles where they have any, once their turn has come (`begins`). */
export async function rehearse(kit: Kit, base: Base, { rung, edits }: Pick<Proposal, "rung" | "edits">, begins?: () => void): Promise<Rehearsal> {
  const draft = proposal({ by: "rehearsal", rung, base: base.tree, title: "", safety: "unsafe", findings: [], edits });
  const reasons = await refusals(kit, draft);
  if (reasons.length > 0) return { kind: "refused", reasons, risen: [], fallen: [] };
  return kit.trial.rehearse(base, draft, begins);
}
