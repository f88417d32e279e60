/** The loop: read, propose, try, land, and again on what stands now, since one fix uncovers the next. */
import type { Finding } from "../domain/finding.ts";
import type { Reading } from "../domain/reading.ts";
import type { Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { RunOptions as TrialOptions, TrialResult } from "../trial/trial.ts";
import type { Kit, MeasuredAt } from "./kit.ts";
import { Offers, type Standing } from "./offers.ts";

export interface RepairOptions {
  /** The tree to start from. */
  readonly tree: string;
  /** Readings of that tree; every one of them really read. */
  readonly readings: readonly Reading[];
  readonly maxRounds: number;
  /** What is to be settled in this tree: what the checks read of it, or what somebody else found in it. */
  findings(standing: Standing): readonly Finding[] | Promise<readonly Finding[]>;
  /** `same`: what makes nothing worse lands as well, for findings that no check can see. */
  readonly accepts: TrialOptions["accepts"];
  /** Asked before what is green lands; a reason ends the loop, and nothing of it lands. */
  readonly mayLand?: (verdicts: readonly Verdict[], tree: string) => Promise<Reason | undefined>;
}

export interface RepairResult {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly rounds: number;
  /** Why the run ended before it was through; undefined where it was. */
  readonly halted?: Reason;
}

export async function repair(kit: Kit, options: RepairOptions): Promise<RepairResult> {
  const state: State = { tree: options.tree, readings: options.readings, rounds: 0 };
  const before = await options.findings(options);
  const halted = await rounds(kit, options, state).catch((error: unknown) => {
    if (!kit.isTimeUp?.()) throw error;
    return reason("run", "deadline");
  });
  return { before, after: await options.findings(state), ...state, ...(halted && { halted }) };
}

/** How far a repair has come; all that is left of it where its time is up. */
interface State {
  tree: string;
  readings: readonly Reading[];
  rounds: number;
}

/**
 * Goes on until a full look finds nothing to try, and gives the reason where it has to end before. The ladder is climbed
 * only when all that stands lower is done, and left again as soon as something has landed.
 */
async function rounds(kit: Kit, options: RepairOptions, state: State): Promise<Reason | undefined> {
  const offers = new Offers(kit);
  let level = 0;
  let landedSinceFullLook = false;
  while (state.rounds < options.maxRounds) {
    const findings = await options.findings(state);
    const { lessons } = offers;
    await offers.gather(state, findings, level);
    const picked = await offers.pick();
    if (picked.length === 0) {
      // Whoever was refused or declined may do better now; each does only so often.
      if (offers.lessons > lessons) continue;
      if (landedSinceFullLook) offers.forgetAll();
      else level++;
      landedSinceFullLook = false;
      if (level >= offers.levels) return undefined;
      continue;
    }
    state.rounds++;
    kit.listen({ type: "round", number: state.rounds, findings: findings.length, proposals: picked.length });
    const result = await trial(kit, offers, state, picked, options);
    const halted = await landRound(kit, result, options);
    if (halted) return halted;
    if (result.accepted.length > 0) {
      landedSinceFullLook = true;
      level = 0;
    }
    offers.forget(result.accepted);
    Object.assign(state, { tree: result.tree, readings: result.readings });
  }
  return undefined;
}

/** The set, and in place of what is struck the next offer for the same finding, all held against the same baseline. */
async function trial(kit: Kit, offers: Offers, state: State, picked: readonly Proposal[], { accepts }: RepairOptions): Promise<TrialResult> {
  const settle = (struck: readonly Verdict[]): void => struck.forEach((verdict) => offers.settle(verdict));
  const alternatives: AlternativesOf = ({ accepted, struck }) => {
    settle(struck);
    return offers.pick(accepted);
  };
  const result = await kit.trial.run(state, picked, { accepts, alternatives });
  settle(result.struck);
  for (const one of result.disagreements) kit.run.disagreed(one);
  for (const verdict of result.struck) kit.run.record(verdict);
  return result;
}

type AlternativesOf = NonNullable<TrialOptions["alternatives"]>;

async function landRound(kit: Kit, result: TrialResult, { accepts, mayLand }: RepairOptions): Promise<Reason | undefined> {
  const { final } = result;
  if (!final) return undefined;
  // Where the same is enough, nothing says which of several made it better.
  const kind = accepts === "better" || (result.accepted.length === 1 && final.weight.kind === "better") ? "better" : "same";
  const verdicts = result.accepted.map((proposal): Verdict => ({ kind, proposal, reasons: [], evidence: final.evidence }));
  const stop = await mayLand?.(verdicts, result.tree);
  if (stop) return stop;
  const tip = result.accepted.at(-1);
  const measuredAt = (proposal: Proposal): MeasuredAt => (proposal !== tip ? "above" : result.accepted.length === 1 ? "alone" : "tip");
  return kit.run.land(verdicts, result.tree, (proposal: Proposal) => kit.message(proposal, final.evidence, measuredAt(proposal)));
}
