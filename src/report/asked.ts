/** Every proposal and every question of a run with what came of it: what figures about proposers and models are made from. */
import type { Cost } from "../domain/proposal.ts";
import { landedIn, type ReportedRun } from "./run.ts";

/**
 * A question's end: a proposal with its verdict, or none; `answered` where it was about no finding. Those without a cost were no
 * questions to a model.
 */
export interface AskedOnce {
  readonly by: string;
  readonly rung: number;
  readonly cost?: Cost;
  readonly outcome: "landed" | "struck" | "declined" | "answered";
}

/** Of a recorded run. */
export function askedIn(run: ReportedRun): AskedOnce[] {
  const landed = landedIn(run);
  return [
    ...run.verdicts.map(({ proposal }) => ({ ...proposal, outcome: landed.has(proposal.id) ? ("landed" as const) : ("struck" as const) })),
    ...run.declined.map((one) => ({ ...one, outcome: "declined" as const })),
    ...(run.asked ?? []).map(({ by, cost }) => ({ by, rung: 0, cost, outcome: "answered" as const })),
  ];
}
