/**
 * A whole accept, without a command line: what a run held is tried on the tip of that run's branch, and lands there where it
 * still makes nothing worse. What has landed already is left as it is, so the same words twice do nothing twice.
 */
import type { Held } from "../domain/held.ts";
import type { Declined } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { accept } from "../engine/accept.ts";
import type { RunState } from "../ledger/fold.ts";
import { systemClock } from "../system/clock.ts";
import { chooseHeld, type ChosenHeld } from "./choose-held.ts";
import { couldTell } from "./could-tell.ts";
import { landedBy } from "./landed-before.ts";
import type { CommonOptions } from "./options.ts";
import { applyLimits } from "./policy.ts";
import { branchTip, type Resumed } from "./resume.ts";
import { DEFAULT_MAX_ROUNDS, reportOf, type RunReport, type RunSurroundings } from "./run-repair.ts";
import { inSession, type Session } from "./session.ts";
import { openState, type State } from "./state.ts";

export interface AcceptReport extends RunReport {
  /** The run that held them. */
  readonly of: string;
  readonly verdicts: readonly Verdict[];
  readonly declined: readonly Declined[];
  readonly landed: readonly Proposal[];
  /** What was asked for and had landed before. */
  readonly already: readonly Held[];
}

/** What is answered where nothing is left to try: no run is made for it. */
export interface NothingToAccept {
  readonly of: string;
  readonly already: readonly Held[];
  readonly exitCode: number;
}

/** Throws `Problem`: 66 for what is not held, 77 for what was rejected and for a branch that somebody has moved. */
export async function runAccept(id: string, numbers: readonly number[], options: CommonOptions, surroundings: RunSurroundings): Promise<AcceptReport | NothingToAccept> {
  const started = systemClock.now();
  const before = await settledBefore(id, numbers, options.cwd);
  if (before) return before;
  let chosen: ChosenHeld | undefined;
  const goesOn = async (state: State): Promise<Resumed> => {
    chosen = await choose(state, id, numbers);
    const onto = ontoOf(chosen);
    return { state: onto, tip: await branchTip(onto.start, state), work: onto.start.work };
  };
  const asked = { command: "accept", scope: [], subject: () => [], limits: applyLimits(options.policy), common: options, goesOn, ...surroundings };
  return inSession(asked, async (session) => {
    if (!chosen) throw new Error("a session begins with what it goes on with");
    const { run } = session;
    const of = chosen.run.start.run;
    const waiting = chosen.held.filter(({ fate }) => fate === "waiting").map(({ proposal }) => proposal);
    if (!run.options.dryRun) session.ledger.append(run.options.id, { kind: "decided", decision: "accepted", of, proposals: waiting.map((one) => one.id) });
    const all = waiting.flatMap(({ findings }) => findings);
    const { after, halted } = (await tryAll(session, waiting, landedSince(chosen))) ?? { after: all };
    run.remaining(after, all);
    return {
      ...(await reportOf(session, started, halted)),
      of,
      verdicts: run.verdicts,
      declined: run.declined,
      landed: run.landed,
      already: chosen.held.filter(({ fate }) => fate === "landed"),
      exitCode: run.landed.length === waiting.length && !halted ? EXIT.settled : EXIT.remains,
    };
  });
}

async function tryAll(session: Session, held: readonly Proposal[], since: readonly Proposal[]): Promise<Awaited<ReturnType<typeof accept>> | undefined> {
  const { kit, run, tree, base } = session;
  const readings = await session.readings();
  if (readings.some(couldTell)) return accept(kit, { tree, readings, maxRounds: base.config.maxRounds ?? DEFAULT_MAX_ROUNDS, held, landedSince: since });
  for (const { findings, by, rung } of held) run.decline({ declined: true, findings, by, rung, reason: reason("accept", "nothing-could-tell") });
  return undefined;
}

/** A person's no stands until they apply anew. */
async function choose(state: State, id: string, numbers: readonly number[]): Promise<ChosenHeld> {
  const chosen = await chooseHeld(state, id, numbers);
  const rejected = chosen.held.find(({ fate }) => fate === "rejected");
  if (rejected) throw new Problem("rejected-already", { run: chosen.run.start.run, number: rejected.number }, EXIT.refused);
  return chosen;
}

async function settledBefore(id: string, numbers: readonly number[], cwd: string): Promise<NothingToAccept | undefined> {
  await using state = await openState(cwd, { lock: true });
  const { run, held } = await choose(state, id, numbers);
  if (held.some(({ fate }) => fate === "waiting")) return undefined;
  if (held.length === 0) throw new Problem("nothing-waits", { run: run.start.run }, EXIT.noInput);
  return { of: run.start.run, already: held, exitCode: EXIT.settled };
}

/**
 * The run to go on with: the last that landed on the branch of the run that held them, or, where nothing stands there, the
 * last that landed of the same work.
 */
function ontoOf({ run, runs }: ChosenHeld): RunState {
  const standing = [...runs.values()].filter(({ start, tip, undone }) => start.work === run.start.work && tip !== undefined && !undone);
  return standing.findLast(({ start }) => start.branch === run.start.branch) ?? standing.at(-1) ?? run;
}

/** On the branch that is gone on with, after the run that held them; all of it where that run had another. */
function landedSince(chosen: ChosenHeld): Proposal[] {
  const { branch } = ontoOf(chosen).start;
  const onBranch = [...chosen.runs.values()].filter(({ start, undone }) => start.branch === branch && !undone);
  return onBranch.slice(onBranch.findIndex(({ start }) => start.run === chosen.run.start.run) + 1).flatMap((one) => landedBy(one));
}
