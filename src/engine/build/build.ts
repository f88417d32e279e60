/**
 * Builds a spec: chunk after chunk through the same loop as every repair, where a chunk is a finding and its builder a
 * proposer. Several may be in work at once (`ahead.ts`); each lands alone, tried on the tree that it really lands on. What is not
 * green leaves nothing; whoever waits for it waits on, and the others go on.
 */
import type { Reading } from "../../domain/reading.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import type { Chunk } from "../../domain/task.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Kit } from "../kit.ts";
import { repair } from "../repair.ts";
import { Ahead, type Job } from "./ahead.ts";
import { MAX_FIXES } from "./builder.ts";
import type { Carried } from "./early.ts";
import type { BuildOptions } from "./options.ts";

export interface BuildResult {
  readonly built: readonly Chunk[];
  readonly failed: readonly Chunk[];
  /** Not begun, or not through: they wait for one that failed, or the run ended before. */
  readonly waiting: readonly Chunk[];
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly halted?: Reason;
  /** For the next part, where this one has no room. */
  readonly carried: readonly Carried[];
}

/** Rounds of the loop for one chunk: one for each attempt, and one to see that nothing is left. */
const MAX_ROUNDS = 2 + MAX_FIXES;

export async function build(kit: Kit, options: BuildOptions): Promise<BuildResult> {
  const { chunks, engines } = options;
  const [done, failed] = [new Set(options.done), new Set<string>()];
  const built: Chunk[] = [];
  const ahead = new Ahead(kit, options);
  let state: State = options;
  let [halted, carried]: [Reason | undefined, readonly Carried[]] = [undefined, []];
  const isReady = ({ id, dependencies }: Chunk): boolean => !done.has(id) && !failed.has(id) && !ahead.has(id) && dependencies.every((one) => done.has(one));
  /** Whatever can be begun is; without an engine, what was made before still has its turn. */
  const next = (): Job | undefined => {
    const ready = chunks.filter(isReady);
    if (ready.length > 0 && engines.standing.length === 0) halted = reason("build", "no-engine-left");
    else ahead.begin(ready, state);
    return ahead.first;
  };
  try {
    for (let job = next(); job; job = next()) {
      const made = await landOne(kit, options, state, job);
      state = { tree: made.tree, readings: made.readings };
      if (made.fate === "landed") built.push(job.chunk);
      if (made.fate !== "open") (made.fate === "landed" ? done : failed).add(job.chunk.id);
      if (made.carried) carried = [made.carried, ...(await ahead.rest())];
      if ((halted = made.halted)) break;
      ahead.leave();
    }
  } finally {
    await ahead.end(carried);
  }
  const waiting = chunks.filter(({ id }) => !done.has(id) && !failed.has(id));
  return { built, failed: chunks.filter(({ id }) => failed.has(id)), waiting, ...state, ...(halted && { halted }), carried };
}

type State = Pick<BuildResult, "tree" | "readings">;

interface Made extends State {
  /** `open`: the part is full, no engine is left, or the run ends. */
  readonly fate: "landed" | "failed" | "open";
  /** Nothing more is tried. */
  readonly halted?: Reason | undefined;
  readonly carried?: Carried;
}

async function landOne(kit: Kit, options: BuildOptions, { tree, readings }: State, { chunk, finding, builder, proposer }: Job): Promise<Made> {
  const { landed, verdicts, declined } = kit.run;
  const [landedBefore, verdictsBefore, declinedBefore] = [landed.length, verdicts.length, declined.length];
  const isLanded = (): boolean => landed.length > landedBefore;
  let green: Verdict | undefined;
  const mayLand = async (offered: readonly Verdict[], next: string): Promise<Reason | undefined> => {
    const full = await options.mayLand(offered, next);
    if (full) [green] = offered;
    return full;
  };
  const own: Kit = { ...kit, proposers: [proposer], message: (...of) => options.message(chunk, builder.work, ...of) };
  const { halted, ...result } = await repair(own, { tree, readings, maxRounds: MAX_ROUNDS, accepts: "same", mayLand, findings: () => (isLanded() ? [] : [finding]) });
  const state = { tree: result.tree, readings: result.readings, halted };
  if (isLanded()) {
    await options.settled(chunk, { kind: "landed", work: builder.work });
    return { ...state, fate: "landed" };
  }
  if (green) return { ...state, fate: "open", carried: { chunk: chunk.id, proposal: green.proposal, work: builder.work, since: [] } };
  if (halted || options.engines.standing.length === 0) return { ...state, fate: "open" };
  const reasons = [...declined.slice(declinedBefore).map((one) => one.reason), ...verdicts.slice(verdictsBefore).flatMap((verdict) => verdict.reasons)];
  await options.settled(chunk, { kind: "failed", reasons: reasons.slice(-MAX_REASONS) });
  return { ...state, fate: "failed" };
}

const MAX_REASONS = 5;
