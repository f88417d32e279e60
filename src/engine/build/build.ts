/**
 * Builds a spec: chunk after chunk through the same loop as every repair, where a chunk is a finding and its builder a
 * proposer. What is not green leaves nothing; whoever waits for it waits on, and the others go on.
 */
import { finding, type Finding } from "../../domain/finding.ts";
import type { Reading } from "../../domain/reading.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import type { Chunk, Spec } from "../../domain/task.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Kit } from "../kit.ts";
import { repair } from "../repair.ts";
import { Builder, MAX_FIXES, type Work } from "./builder.ts";
import type { Bench } from "./bench.ts";
import { carrying, type Carried } from "./carried.ts";
import type { Engines } from "./engines.ts";

export interface BuildOptions {
  readonly spec: Spec;
  /** In their order. */
  readonly chunks: readonly Chunk[];
  /** Ids of those that need not be built. */
  readonly done: ReadonlySet<string>;
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly engines: Engines;
  readonly bench: Bench;
  readonly chunkDeadlineMs: number;
  /** A landed chunk's commit message. */
  message(chunk: Chunk, work: Work, ...of: Parameters<Kit["message"]>): string;
  readonly now: () => number;
  /** A green proposal of an earlier part that had no room for it. */
  readonly carried?: Carried | undefined;
  /** Whether what is green may land in this part; the reason ends the part. */
  mayLand(verdicts: readonly Verdict[], tree: string): Promise<Reason | undefined>;
  /** Hears of each chunk once its fate is known, before the next begins. */
  settled(chunk: Chunk, fate: Fate): Promise<void>;
}

export type Fate = { readonly kind: "landed"; readonly work: Work } | { readonly kind: "failed"; readonly reasons: readonly Reason[] };

export interface BuildResult {
  readonly built: readonly Chunk[];
  readonly failed: readonly Chunk[];
  /** Not begun: they wait for one that failed, or the run ended before. */
  readonly waiting: readonly Chunk[];
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly halted?: Reason;
  /** Green, and without room in this part. */
  readonly carried?: Carried;
}

/** Rounds of the loop for one chunk: one for each attempt, and one to see that nothing is left. */
const MAX_ROUNDS = 2 + MAX_FIXES;

/** A chunk as something that should change. Its rule is the chunk's id, so that the ledger tells which it was. */
export function findingOf({ file }: Pick<Spec, "file">, { id, title, tasks }: Chunk): Finding {
  return finding({ by: "spec", rule: id, category: "other", message: title, at: tasks[0]?.at ?? { file, line: 1, column: 1 } }, id);
}

export async function build(kit: Kit, options: BuildOptions): Promise<BuildResult> {
  const done = new Set(options.done);
  const failed = new Set<string>();
  const built: Chunk[] = [];
  const { chunks } = options;
  let state: Pick<BuildResult, "tree" | "readings"> = options;
  let [halted, carried]: [Reason | undefined, Carried | undefined] = [undefined, undefined];
  const ready = (): Chunk | undefined => chunks.find(({ id, dependencies }) => !done.has(id) && !failed.has(id) && dependencies.every((one) => done.has(one)));
  for (let chunk = ready(); chunk && !halted; chunk = ready()) {
    const made = await buildOne(kit, options, state, chunk);
    state = { tree: made.tree, readings: made.readings };
    halted = made.halted;
    if (made.carried) carried = made.carried;
    else if (made.isLanded) {
      done.add(chunk.id);
      built.push(chunk);
    } else if (!halted) failed.add(chunk.id);
  }
  const waiting = chunks.filter(({ id }) => !done.has(id) && !failed.has(id));
  return { built, failed: chunks.filter(({ id }) => failed.has(id)), waiting, ...state, ...(halted && { halted }), ...(carried && { carried }) };
}

interface Made extends Pick<BuildResult, "tree" | "readings" | "halted" | "carried"> {
  readonly isLanded: boolean;
}

async function buildOne(kit: Kit, options: BuildOptions, { tree, readings }: Pick<BuildResult, "tree" | "readings">, chunk: Chunk): Promise<Made> {
  const { chunks, engines } = options;
  if (engines.standing.length === 0) return { tree, readings, isLanded: false, halted: reason("build", "no-engine-left") };
  kit.listen({ type: "notice", reason: reason("build", "chunk-begun", { title: chunk.title, number: chunks.indexOf(chunk) + 1, chunks: chunks.length }) });
  const one = findingOf(options.spec, chunk);
  const builder = new Builder({ ...options, chunk, deadlineMs: options.chunkDeadlineMs });
  const [carry, landedBefore] = [options.carried?.chunk === chunk.id ? options.carried : undefined, kit.run.landed.length];
  const [verdictsBefore, declinedBefore] = [kit.run.verdicts.length, kit.run.declined.length];
  const workDone = (): Work => (carry && builder.work.engine === "" ? carry.work : builder.work);
  const isLanded = (): boolean => kit.run.landed.length > landedBefore;
  let green: Verdict | undefined;
  const mayLand = async (verdicts: readonly Verdict[], next: string): Promise<Reason | undefined> => {
    const full = await options.mayLand(verdicts, next);
    if (full) [green] = verdicts;
    return full;
  };
  const own: Kit = { ...kit, proposers: [carry ? carrying(carry, builder) : builder], message: (...of) => options.message(chunk, workDone(), ...of) };
  const result = await repair(own, { tree, readings, maxRounds: MAX_ROUNDS, accepts: "same", mayLand, findings: () => (isLanded() ? [] : [one]) });
  const state = { tree: result.tree, readings: result.readings };
  if (isLanded()) {
    await options.settled(chunk, { kind: "landed", work: workDone() });
    return { ...state, isLanded: true, ...(result.halted && { halted: result.halted }) };
  }
  if (green) return { ...state, isLanded: false, carried: { chunk: chunk.id, proposal: green.proposal, work: workDone() }, ...(result.halted && { halted: result.halted }) };
  const halted = result.halted ?? (engines.standing.length === 0 ? reason("build", "no-engine-left") : undefined);
  if (halted) return { ...state, isLanded: false, halted };
  const reasons = [...kit.run.declined.slice(declinedBefore).map((declined) => declined.reason), ...kit.run.verdicts.slice(verdictsBefore).flatMap((verdict) => verdict.reasons)];
  await options.settled(chunk, { kind: "failed", reasons: reasons.slice(-MAX_REASONS) });
  return { ...state, isLanded: false };
}

const MAX_REASONS = 5;
