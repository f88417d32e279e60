/**
 * Lands what others found and how they would settle it, in passes that differ in what is enough and what is allowed: a
 * finding that a check can see has to go away, one that no check sees may make nothing worse. What waits for a person is
 * tried like all else, last, and kept instead of landed.
 */
import type { Finding } from "../domain/finding.ts";
import type { Proposer } from "../domain/plugin.ts";
import { TOOLS_RUNG, type Proposal } from "../domain/proposal.ts";
import type { Reading } from "../domain/reading.ts";
import type { Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Kit } from "./kit.ts";
import { Moving } from "./moving.ts";
import { Offers } from "./offers.ts";
import { repair } from "./repair.ts";

export interface Pass {
  /** With their fixes as edits of the tree to start from. */
  readonly findings: readonly Finding[];
  readonly accepts: "better" | "same";
  /** Whether a model made the changes that come with the findings: then they are held to what models may do. */
  readonly byModel: boolean;
  /** What is green waits for a person. */
  readonly holds: boolean;
}

export interface ApplyOptions {
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly maxRounds: number;
  readonly passes: readonly Pass[];
  /** What earlier runs of the same work landed between the tree of the findings and `tree`, in that order. */
  readonly landedBefore: readonly Proposal[];
}

export interface ApplyResult {
  readonly tree: string;
  readonly readings: readonly Reading[];
  /** Findings that nothing has landed for, those that are held left out. */
  readonly after: readonly Finding[];
  readonly held: readonly Verdict[];
  readonly halted?: Reason;
}

export async function apply(kit: Kit, options: ApplyOptions): Promise<ApplyResult> {
  const { maxRounds, landedBefore } = options;
  const passes = options.passes.filter(({ findings }) => findings.length > 0).sort((one, other) => Number(one.holds) - Number(other.holds));
  const moving = passes.map((pass) => ({ pass, standing: new Moving(kit, pass.findings) }));
  for (const { standing } of moving) await standing.behind(landedBefore);
  let state: Pick<ApplyResult, "tree" | "readings"> = options;
  const held: Verdict[] = [];
  let halted: Reason | undefined;
  for (const { pass, standing } of moving) {
    if (halted) break;
    const own = pass.byModel ? { ...kit, proposers: kit.proposers.map(asModel) } : kit;
    if (pass.holds) held.push(...(await hold(own, state, await standing.standing(), pass)));
    else ({ halted, ...state } = await repair(own, { ...state, maxRounds, accepts: pass.accepts, findings: () => standing.standing() }));
  }
  const keys = new Set(held.flatMap(({ proposal }) => proposal.findings.map(({ key }) => key)));
  const left = await Promise.all(moving.map(({ standing }) => standing.standing()));
  const after = left.flat().filter(({ key }) => !keys.has(key));
  return { tree: state.tree, readings: state.readings, after, held, ...(halted && { halted }) };
}

/** It is asked as ever, and what it hands on stands on the rung of whoever made it. */
function asModel(proposer: Proposer): Proposer {
  if (proposer.rung > TOOLS_RUNG) return proposer;
  return {
    ...proposer,
    async *propose(...asked) {
      for await (const offer of proposer.propose(...asked)) yield { ...offer, rung: TOOLS_RUNG + 1 };
    },
  };
}

/** One search over all that is offered; what is green in it is kept with its edits and its evidence. */
async function hold(kit: Kit, { tree, readings }: Pick<ApplyResult, "tree" | "readings">, findings: readonly Finding[], { accepts }: Pass): Promise<Verdict[]> {
  const offers = new Offers(kit, { capsPatches: false });
  await offers.gather({ tree, readings }, findings, offers.levels - 1);
  const alternatives = async ({ accepted, struck }: { accepted: readonly Proposal[]; struck: readonly Verdict[] }): Promise<Proposal[]> => {
    for (const verdict of struck) offers.settle(verdict);
    return offers.pick(accepted);
  };
  const result = await kit.trial.run({ tree, readings }, await offers.pick(), { accepts, alternatives });
  for (const verdict of result.struck) kit.run.record(verdict);
  const { final } = result;
  if (!final) return [];
  const kind = final.weight.kind === "better" && result.accepted.length === 1 ? "better" : "same";
  const green = result.accepted.map((proposal): Verdict => ({ kind, proposal, reasons: [], evidence: final.evidence }));
  for (const verdict of green) kit.run.hold(verdict);
  return green;
}
