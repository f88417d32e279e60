/**
 * Lands what an earlier run held and a person has accepted, by the one way in which anything lands: put before the gates,
 * tried on the tree where it will stand, measured by every check. Its edits are where they have moved to meanwhile; what
 * no longer fits is told, and never searched for.
 */
import type { Declined, Proposer } from "../domain/plugin.ts";
import { TOOLS_RUNG, type Proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import type { Reading } from "../domain/reading.ts";
import { rebaseEdits } from "../domain/rebase.ts";
import type { Kit } from "./kit.ts";
import { repair, type RepairResult } from "./repair.ts";

export interface AcceptOptions {
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly maxRounds: number;
  readonly held: readonly Proposal[];
  /** What landed between the tree that they were held for and `tree`, in that order. */
  readonly landedSince: readonly Proposal[];
}

export async function accept(kit: Kit, { held, landedSince, ...options }: AcceptOptions): Promise<RepairResult> {
  const { run } = kit;
  const landed = (): Proposal[] => [...landedSince, ...run.landed];
  const open = (): Proposal[] => standing(held, landed()).filter(({ id }) => !run.landed.some((one) => one.id === id));
  const unfit = new Set<string>();
  const findings = (): Proposal["findings"] => {
    const fitting = open();
    for (const one of held.filter(({ id }) => !unfit.has(id) && !run.landed.some((other) => other.id === id))) {
      if (fitting.some(({ id }) => id === one.id)) continue;
      unfit.add(one.id);
      run.decline(tooLate(one));
    }
    return fitting.flatMap((one) => one.findings);
  };
  return repair({ ...kit, proposers: [handing(open)] }, { ...options, accepts: "same", findings });
}

/** Those that still have a place behind what has landed, with their edits there. */
export function standing(held: readonly Proposal[], landed: readonly Proposal[]): Proposal[] {
  const steps = [...Map.groupBy(landed, ({ base }) => base).values()].map((round) => round.flatMap(({ edits }) => edits));
  return held.flatMap((one) => {
    const edits = steps.reduce<Proposal["edits"] | undefined>((at, made) => at && rebaseEdits(at, made), one.edits);
    return edits ? [{ ...one, edits }] : [];
  });
}

/** Offers what was held just as it was proposed then. */
function handing(open: () => readonly Proposal[]): Proposer {
  return {
    name: "held",
    summary: "Hands on what an earlier run held.",
    rung: TOOLS_RUNG,
    async *propose(findings, { tree }) {
      const keys = new Set(findings.map(({ key }) => key));
      for (const one of open()) if (one.findings.every(({ key }) => keys.has(key))) yield await Promise.resolve({ ...one, base: tree });
    },
  };
}

function tooLate({ findings, by, rung, edits }: Proposal): Declined {
  return { declined: true, findings, by, rung, reason: reason("accept", "no-longer-fits", { file: edits[0]?.file ?? "" }) };
}
