/**
 * Opens a run: finds the repository, takes the lock, recovers what a killed run left, reads configuration and checks
 * from the base, prepares worktree and containment, and hands the engine its kit.
 */
import { join } from "node:path";
import type { Listener } from "../domain/event.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { Problem, EXIT } from "../domain/problem.ts";
import type { Kit } from "../engine/kit.ts";
import type { Run } from "../engine/run.ts";
import { readOutcomes, type Outcomes } from "../ledger/earned.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { gates } from "../gates/index.ts";
import { proposers } from "../proposers/index.ts";
import { isReady } from "../proposers/shared/kind.ts";
import { commitMessage } from "../report/commit-message.ts";
import { treeOf } from "../system/folders.ts";
import type { Repository } from "../system/repository.ts";
import { redact } from "../system/secrets.ts";
import { parseSyntax } from "../system/syntax.ts";
import { readBase } from "../system/tree.ts";
import { version } from "../system/version.ts";
import { ContainmentFault, forgetCapabilities, probeCapabilities, type Capabilities } from "../system/sandbox.ts";
import type { Measure } from "../trial/measure.ts";
import { Answers } from "../trial/answers.ts";
import { openShadow, type Shadow } from "../trial/shadow.ts";
import { Trial } from "../trial/trial.ts";
import type { Worktree } from "../trial/worktree.ts";
import { validators } from "../validators/index.ts";
import { CONFIG_FILE, openBase, type Base } from "./base.ts";
import { beginRun, newId, type BeginOptions, type Place } from "./begin-run.ts";
import { deadModels } from "./failures.ts";
import { openLadderFor, refuseKeys, type Ladder } from "./ladder.ts";
import type { CommonOptions } from "./options.ts";
import { makePolicy, refuseUnknownGates, type REPAIR_LIMITS } from "./policy.ts";
import { leavePostmortem } from "./postmortem.ts";
import { onTopOf, withResumed, type Resumed } from "./resume.ts";
import { problemIn } from "./problem-in.ts";
import { refuseMissing } from "./scope.ts";
import { openRecord, type Record } from "./record.ts";
import { openState, type State } from "./state.ts";
import { openProject } from "./project.ts";
import { openTracing, type Tracing } from "./tracing.ts";
import { markOf, openTrial, type TrialPlaces } from "./trial.ts";

export interface SessionOptions extends Omit<BeginOptions, "id" | "place"> {
  /** Chooses the branch, once what a killed run left is settled. */
  readonly place?: (state: State) => Promise<Place>;
  readonly limits: typeof REPAIR_LIMITS;
  /** For a command that goes on with an earlier run's branch, from that run's base. Asked with the lock held. */
  readonly goesOn?: (state: State) => Promise<Resumed>;
  readonly signal: AbortSignal;
  /** Which exit code an abort of `signal` stands for, and why it was aborted. */
  exitCodeOfAbort(): number;
  why(): Reason;
}

export interface Session {
  readonly kit: Kit;
  readonly run: Run;
  readonly repository: Repository;
  readonly base: Base;
  readonly shadow: Shadow;
  readonly worktree: Worktree;
  /** Worktrees besides that one, by number from 0. */
  readonly desk: TrialPlaces["desk"];
  readonly capabilities: Capabilities;
  readonly ladder: Ladder;
  /** The paths that the run is about; empty for the whole repository. */
  readonly scope: readonly string[];
  /** The tree that the run starts from. */
  readonly tree: string;
  readonly ledger: Ledger;
  /** Every check's reading of that tree. Throws `Problem` (78) where one of them cannot judge it. */
  readings(): Promise<readonly Reading[]>;
}

/** Opens a session, does the work, and ends the run whatever happens: finished, interrupted or failed. */
export async function inSession<T extends { readonly exitCode: number; readonly halted?: Reason }>(
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await using opened = await openSession(options);
  const { run } = opened;
  try {
    const result = await work({ ...opened, ledger: opened.state.ledger, readings: () => baseline(opened.kit.trial.measure, opened.tree) });
    run.end("finished", result.exitCode, result.halted ? [result.halted] : [], opened.kit.trial.measure.ran);
    await opened.record.close();
    return result;
  } catch (error) {
    throw await endEarly(options, run, opened, error);
  }
}

/** Writes down how a run ended that did not come to its end, and gives what is to be thrown on. */
async function endEarly(
  options: SessionOptions,
  run: Run,
  { state, record }: { state: State; record: Record },
  error: unknown,
): Promise<unknown> {
  const problem = problemIn(error);
  if (error instanceof ContainmentFault) await forgetCapabilities().catch(() => undefined);
  const known = problem ? [reason("run", problem.code, problem.args)] : [];
  if (options.signal.aborted) run.end("interrupted", options.exitCodeOfAbort(), [options.why()]);
  else run.end("failed", problem?.exitCode ?? EXIT.bug, known);
  await leavePostmortem(state.repository.stateDir, state.ledger, run.options.id);
  await record.close();
  return problem ?? error;
}

interface Kept {
  readonly state: State;
  readonly record: Record;
}

/** Throws `Problem` for everything that a user can mend. The lock is held until the session is disposed. */
async function openSession(asked: SessionOptions): Promise<Omit<Session, "readings" | "ledger"> & Kept & AsyncDisposable> {
  const { signal } = asked;
  refuseUnknownGates(asked.common.allow);
  refuseKeys(asked.common.passEnv);
  const state = await openState(asked.common.cwd, { lock: true });
  let begun: { readonly run: Run; readonly record: Record } | undefined;
  let opened: Measure | undefined;
  let tracing: Tracing | undefined;
  const dispose = async (): Promise<void> => {
    try {
      await opened?.close();
    } finally {
      await state[Symbol.asyncDispose]();
      await tracing?.close(signal.aborted);
    }
  };
  try {
    const { repository } = state;
    const place = await asked.place?.(state);
    const goal = asked.goesOn ? onTopOf(asked, await asked.goesOn(state)) : await withResumed(asked, state);
    const options = placed(goal, place);
    const { common } = options;
    const found = [contained(common), openBase(repository, common), openShadow(repository)] as const;
    // Of several that fail the first in the list is told, whichever came to its end first.
    await Promise.allSettled(found);
    const [capabilities, base, plain] = [await found[0], await found[1], await found[2]];
    refuseMissing(options.scope, base);
    // Before anything is said or sent: an address that may not have a key ends the run here.
    const ladder = openLadderFor(options, base, {
      listen: (event) => listen(event),
      onCall: (call) => tracing?.onCall(call),
      onLeft: ({ model, kind: fault, detail }) => state.ledger.append(id, { kind: "left", model, fault, detail }),
    });
    const id = newId();
    const record = await openRecord(repository.stateDir, id, state.ledger);
    const listen: Listener = (event) => {
      options.listen(event);
      record.listen(event);
      tracing?.listen(event);
    };
    const run = await beginRun({ ...options, listen, id }, state, base, capabilities);
    begun = { run, record };
    const shadow = { ...plain, git: plain.git.with({ mark: markOf(run.options.id) }) };
    tracing = await openTracing(options.command, process.env, (why) => listen({ type: "notice", reason: why }));
    listen({ type: "run-started", run: run.options.id, base: base.commit, checks: base.checks.map(({ name }) => name) });
    if (base.uncommitted) run.notice("uncommitted-config", { file: CONFIG_FILE });
    if (base.changedFiles > 0) run.notice("uncommitted-changes", { files: base.changedFiles });
    if (ladder.unasked.length > 0) run.notice("models-unasked", { models: ladder.unasked });
    if (capabilities.unenforced.length > 0) run.notice("unenforced", { what: capabilities.unenforced });
    const [dead, ...others] = await deadModels(state.ledger, ladder.models);
    if (dead) run.notice("dead-models", { models: [dead, ...others].map(({ model }) => model), times: dead.times, runs: dead.runs, last: dead.last.code.replace(/^model-/, "") });
    const tree = await treeOf(repository.git, run.parent);
    const { worktree, desk, measure } = openTrial({ repository, base, shadow, capabilities, listen, signal, run: run.options.id, passEnv: common.passEnv, prepareNetwork: common.prepareNetwork });
    opened = measure;
    const kit = assemble(options, { run, base, shadow, worktree, measure, listen, ladder, outcomes: await readOutcomes(state.ledger.read()) });
    return { kit, ladder, run, scope: options.scope, state, record, repository, base, shadow, worktree, desk, capabilities, tree, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    try {
      throw begun ? await endEarly(asked, begun.run, { state, record: begun.record }, error) : error;
    } finally {
      await dispose();
    }
  }
}

/** The same, from where the branch begins. */
function placed<T extends Pick<SessionOptions, "common">>(options: T, place: Place | undefined): Omit<T, "place"> & { readonly place?: Place } {
  const { base } = place ?? {};
  return { ...options, ...(place && { place }), ...(base !== undefined && { common: { ...options.common, base } }) };
}

interface Parts {
  readonly run: Run;
  readonly base: Base;
  readonly shadow: Shadow;
  readonly worktree: Worktree;
  readonly measure: Measure;
  readonly listen: Listener;
  readonly ladder: Ladder;
  readonly outcomes: Outcomes;
}

/** What the engine works with. */
function assemble(options: Omit<SessionOptions, "place">, { run, base, shadow, worktree, measure, listen, ladder, outcomes }: Parts): Kit {
  const { limits, scope, common, signal } = options;
  const used = validators.filter(({ name }) => base.checks.some(({ use }) => use === name));
  const loosening = { scope, allowPaths: common.allowPath, allow: common.allow, policy: common.policy };
  const { id } = run.options;
  return {
    run,
    trial: new Trial(shadow.git, measure, listen),
    gates,
    policy: makePolicy(limits, base.config, used, loosening),
    maxFiles: common.maxFiles ?? Infinity,
    proposers: [...proposers.filter(isReady), ...ladder.proposers].sort((one, other) => one.rung - other.rung),
    outcomes,
    answers: new Answers({ folder: join(shadow.folder, "answers"), commit: run.parent, surroundings: (at) => worktree.surroundings(at) }),
    project: (at) => openProject(shadow.git, at, ""),
    parse: parseSyntax,
    readBase: (at, paths) => readBase(shadow.git, at, paths),
    message: (proposal, evidence, measured) => {
      const unverified = proposal.findings.length > 0 && proposal.findings.every(({ by }) => !base.checks.some(({ name }) => name === by));
      return redact(commitMessage({ proposal, evidence, measured, unverified, run: id, version: version() }));
    },
    listen,
    signal,
    isTimeUp: () => options.why().code === "deadline" && signal.aborted,
  };
}

/** What `--require-sandbox` insists on; the kernel counts root's processes for nobody. */
const SANDBOX: ReadonlySet<string> = new Set(["filesystem", "network", "process-tree"]);

async function contained({ sandbox, requireSandbox }: CommonOptions): Promise<Capabilities> {
  const capabilities = await probeCapabilities({ limit: sandbox });
  const missing = capabilities.unenforced.filter((what) => SANDBOX.has(what));
  if (requireSandbox && missing.length > 0) throw new Problem("sandbox-required", { missing }, EXIT.refused);
  return capabilities;
}

/** A base that its own checks cannot read says nothing: the run stops before any proposal. */
async function baseline(measure: Measure, tree: string): Promise<Reading[]> {
  const readings = await measure.baseline(tree);
  const blind = readings.find((reading) => !isRead(reading));
  if (!blind || isRead(blind)) return readings;
  const args = { check: blind.check, kind: blind.kind, detail: blind.detail };
  throw new Problem("base-cannot-run", args, EXIT.config);
}
