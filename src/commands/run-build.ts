/**
 * A whole build of one spec, without a command line: part after part, each a run of its own with a branch, a record and a
 * pull request. What `stet build` calls.
 */
import type { Finding } from "../domain/finding.ts";
import { EXIT } from "../domain/problem.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Chunk } from "../domain/task.ts";
import type { Verdict } from "../domain/verdict.ts";
import { build, type BuildResult } from "../engine/build/build.ts";
import type { Carried } from "../engine/build/early.ts";
import { Engines } from "../engine/build/engines.ts";
import { findingOf } from "../engine/build/finding-of.ts";
import type { Fate } from "../engine/build/options.ts";
import type { Publication } from "../engine/run.ts";
import { changedLines, countCommits, fitOf, PART_LIMITS } from "../land/part.ts";
import { buildMessage } from "../report/build-message.ts";
import type { FailedChunk } from "../report/build-summary.ts";
import { systemClock } from "../system/clock.ts";
import { version } from "../system/version.ts";
import { benchesOf } from "./build-bench.ts";
import { enginesFor } from "./build-engines.ts";
import type { BuildOptions } from "./build-options.ts";
import type { PartPlace } from "./build-place.ts";
import { planFor, type BuildPlan } from "./build-plan.ts";
import { lookAhead } from "./build-preflight.ts";
import { publishParts } from "./build-publish.ts";
import { BUILD_LIMITS } from "./policy.ts";
import { reportOf, type RunReport, type RunSurroundings } from "./run-repair.ts";
import { inSession, type Session } from "./session.ts";
import { placeSpec, type Placed } from "./place-spec.ts";

export interface PartReport extends RunReport {
  readonly file: string;
  readonly number: number;
  readonly built: readonly Chunk[];
  readonly failed: readonly FailedChunk[];
  readonly waiting: readonly Chunk[];
  readonly done: number;
  readonly publication?: Publication;
  /** The next chunk goes to another part. */
  readonly isFull: boolean;
}

/** A spec's parts in one call. */
const MAX_PARTS = 100;
const DEFAULT_CHUNK_DEADLINE_MS = 30 * 60_000;

/** One report for each part, as it ends. */
export async function* runBuild(file: string, options: BuildOptions, surroundings: RunSurroundings): AsyncGenerator<PartReport> {
  let carried: readonly Carried[] = [];
  const keep = (next: readonly Carried[]): void => void (carried = next);
  for (let number = 0, isFull = false; number < MAX_PARTS; number++) {
    const report: PartReport = await runPart({ file, options, surroundings, isFull, isFirst: number === 0, carried, keep });
    yield report;
    ({ isFull } = report);
    if (!isFull) return;
  }
}

interface PartAsked {
  readonly file: string;
  readonly options: BuildOptions;
  readonly surroundings: RunSurroundings;
  readonly isFull: boolean;
  readonly isFirst: boolean;
  readonly carried: readonly Carried[];
  readonly keep: (carried: readonly Carried[]) => void;
}

async function runPart({ file, options, surroundings, isFull, isFirst, carried, keep }: PartAsked): Promise<PartReport> {
  const started = systemClock.now();
  let placed: Placed | undefined;
  const place = async (state: Parameters<typeof placeSpec>[0]): Promise<PartPlace> => {
    placed = await placeSpec(state, { file, options, isFull, isFirst });
    return placed.place;
  };
  const { resume: _own, ...common } = options;
  const asked = { command: "build", scope: [], subject: () => [file], limits: BUILD_LIMITS, common, place, ...surroundings };
  return inSession(asked, async (session) => {
    if (!placed) throw new Error("a build without a branch");
    const plan = await planFor(session, placed, options);
    const failed: FailedChunk[] = [];
    const result = await buildIn(session, { placed, plan, options, isFirst, carried, failed });
    keep(result.carried);
    await placed.record.save();
    const todo = plan.chunks.filter(({ id }) => !plan.done.has(id)).map((chunk) => findingOf(plan.spec, chunk));
    const left = new Set([...plan.gone, ...[...result.failed, ...result.waiting].map(({ id }) => id)]);
    session.run.remaining(todo.filter(({ rule }) => left.has(rule)), todo);
    const full = result.halted?.code === "part-full";
    const halted = full ? undefined : result.halted;
    const publication = !options.pr ? undefined : await publishParts(session, { placed, plan, remote: options.remote ?? "origin", isDraft: halted !== undefined });
    return {
      ...(await reportOf(session, started, halted)),
      ...{ file, number: placed.place.number, built: result.built, failed, waiting: result.waiting, done: plan.done.size, isFull: full },
      ...(publication && { publication }),
      exitCode: exitCodeOf({ isThrough: full || left.size === 0, halted, publication, built: result.built.length }),
    };
  });
}

interface End {
  /** Nothing is left, or the rest is for the next part. */
  readonly isThrough: boolean;
  readonly halted: Reason | undefined;
  readonly publication: Publication | undefined;
  readonly built: number;
}

function exitCodeOf({ isThrough, halted, publication, built }: End): number {
  if (isThrough && !halted && !publication?.reason) return EXIT.settled;
  return halted?.code === "no-engine-left" && built === 0 ? EXIT.noProvider : EXIT.remains;
}

interface Building {
  readonly placed: Placed;
  readonly plan: BuildPlan;
  readonly options: BuildOptions;
  readonly isFirst: boolean;
  readonly carried: readonly Carried[];
  readonly failed: FailedChunk[];
}

/** A spec of which all is done costs no measurement. */
async function buildIn(session: Session, { placed, plan, options, isFirst, carried, failed }: Building): Promise<BuildResult> {
  const { kit, run, tree } = session;
  const { spec, done, gone } = plan;
  const chunks = plan.chunks.filter(({ id }) => !gone.has(id));
  if (chunks.every(({ id }) => done.has(id))) return { built: [], failed: [], waiting: [], tree, readings: [], carried: [] };
  const standing = enginesFor(session, options);
  if (isFirst) await lookAhead(session, standing, options);
  const engines = new Engines(standing, kit.listen);
  const settled = async (chunk: Chunk, fate: Fate): Promise<void> => {
    if (fate.kind === "failed") failed.push({ chunk, reasons: fate.reasons });
    await placed.record.save();
    // A part is there to be looked at from its first commit on, as a draft; the end of the run says what cannot be published.
    if (options.pr && fate.kind === "landed" && run.commits.length === 1) await publishParts(session, { placed, plan, remote: options.remote ?? "origin", isDraft: true });
  };
  return build(kit, {
    ...{ spec, chunks, done, tree, engines, carried, settled },
    readings: await session.readings(),
    benches: benchesOf(session, placed.reader, spec.file, options.parallel ?? 1),
    chunkDeadlineMs: options.chunkDeadline ?? DEFAULT_CHUNK_DEADLINE_MS,
    now: () => systemClock.now(),
    mayLand: (verdicts, next) => roomFor(session, placed, verdicts, next),
    message: (chunk, work, proposal, evidence, measured) =>
      buildMessage({ name: placed.record.name, spec, chunk, work, proposal, evidence, measured, run: run.options.id, version: version() }),
  });
}

/** Measured as a reviewer will see it: the whole part beside what it begins from. */
async function roomFor({ run, shadow, repository }: Session, { place }: Placed, verdicts: readonly Verdict[], tree: string): Promise<Reason | undefined> {
  if (run.options.dryRun) return undefined;
  const from = run.options.base;
  const commits = run.tip === null ? 0 : await countCommits(repository.git, from, run.tip);
  const lines = await changedLines(shadow.git, from, tree);
  const fit = fitOf({ lines: 0, commits }, { lines, more: verdicts.length }, PART_LIMITS);
  if (fit === "alone") run.notice("chunk-oversized", { title: titleOf(verdicts), lines, max: PART_LIMITS.maxLines });
  return fit === "full" ? reason("build", "part-full", { commits, part: place.number }) : undefined;
}

function titleOf([verdict]: readonly Verdict[]): string {
  const finding: Finding | undefined = verdict?.proposal.findings[0];
  return finding?.message ?? "";
}
