/**
 * stet as a library: the same engine as the command line, without it. All functions throw `Problem` for whatever a
 * user can mend, and hold the repository's lock until they end.
 *
 * @example
 * import { repair } from "stet";
 * const report = await repair({ cwd: "/path/to/repository", dryRun: true });
 * for (const verdict of report.verdicts) console.log(verdict.kind, verdict.proposal.title);
 */
import type { Listener } from "./domain/event.ts";
import type { SameWay } from "./commands/apply-passes.ts";
import type { Chunker } from "./commands/chunking.ts";
import type { CommonOptions } from "./commands/options.ts";
import { problemIn } from "./commands/problem-in.ts";
import { runAccept, type AcceptReport, type NothingToAccept } from "./commands/run-accept.ts";
import { runApply, type ApplyReport } from "./commands/run-apply.ts";
import { runBuild, type PartReport } from "./commands/run-build.ts";
import { runReject, type RejectReport } from "./commands/run-reject.ts";
import { runRepair, type RepairReport, type RunSurroundings } from "./commands/run-repair.ts";
import { runReview, type ReviewReport } from "./commands/run-review.ts";
import { runTry, type Change, type TryReport } from "./commands/run-try.ts";
import type { SiftReport } from "./commands/sift.ts";
import { readSuggestions, type SuggestionsOptions } from "./commands/suggestions.ts";
import type { EditLevel } from "./domain/plugin.ts";
import { EXIT } from "./domain/problem.ts";
import { reason } from "./domain/reason.ts";

/** What every run understands. Whatever is absent is as on the command line. */
export interface RunOptions {
  /** Any folder of the repository. */
  readonly cwd: string;
  /** The file with the configuration, relative to `cwd`; the base's own where absent. */
  readonly config?: string;
  /** The revision to start from. Default `HEAD`. */
  readonly base?: string;
  /** The same verdicts; nothing lands, and git keeps no trace. Default false. */
  readonly dryRun?: boolean;
  /** Files that the whole run may touch, at most. Default: no bound. */
  readonly maxFiles?: number;
  /** Starts anew instead of going on with the last run of the same work. Default false. */
  readonly fresh?: boolean;
  /** Percent of the lines that tests must run, whatever is configured; there must be a check of coverage. */
  readonly coverageFloor?: number;
  /** The containment to use at most. Default `auto`: the best that this machine can do. */
  readonly sandbox?: CommonOptions["sandbox"];
  /** Refuses to run (`Problem`, 77) where programs cannot be fully contained. Default false. */
  readonly requireSandbox?: boolean;
  /** Globs of protected or denied paths that proposals may touch. */
  readonly allowPaths?: readonly string[];
  /** Names of gates to switch off. */
  readonly allowGates?: readonly string[];
  /** Names of environment variables that checks and tools may see. */
  readonly passEnv?: readonly string[];
  /** Whether the configuration's `prepare` command may reach the network. Default false. */
  readonly prepareNetwork?: boolean;
  /** Called with everything that happens, as it happens. */
  readonly listen?: Listener;
  /** Ends the run, which then rejects with the signal's reason; what has landed by then stays. */
  readonly signal?: AbortSignal;
}

/** Of the runs that may ask models. */
export interface ModelOptions extends RunOptions {
  /** Models to ask for what tools cannot fix (`provider:model`), a rung each; `false` for none, whatever is configured. */
  readonly models?: readonly string[] | false;
  /** The model of the topmost rung, which works over several files. */
  readonly agent?: string;
  /** Whether models that the configuration names may be asked. Default false, whatever the environment says. */
  readonly configuredModels?: boolean;
  /** What the run may spend on models. Defaults: 10 dollars, 5,000,000 tokens, 500 requests. */
  readonly budget?: { readonly maxUsd?: number; readonly maxTokens?: number; readonly maxRequests?: number };
}

export interface RepairOptions extends ModelOptions {
  /** Only findings in these files and folders, relative to `cwd`; everything where absent. */
  readonly paths?: readonly string[];
  /** The id of a run to go on with, or its beginning; paths, gates and models have to be those of that run. */
  readonly resume?: string;
}

export interface ApplyOptions extends ModelOptions {
  /** Files, relative to `cwd`; `-` is standard input. */
  readonly inputs: readonly string[];
  /** The format of all inputs, by its source's name; told by how each begins where absent. */
  readonly format?: string;
  /** Tries rows that are for people as well, whatever their figures, and keeps what is green for them. Default false. */
  readonly hold?: boolean;
  /** What becomes of a change that no check speaks for. Default `land`. */
  readonly same?: SameWay;
  /** How far the edits of models may go. Default `mechanical`. */
  readonly policy?: EditLevel;
  /** Pushes the branch, and opens a pull request or brings the one that is there up to date. Default false. */
  readonly pr?: boolean;
  /** Where to push to. Default `origin`. */
  readonly remote?: string;
  /** The number of a pull request on the remote's forge, whose review comments are read as well. */
  readonly comments?: number;
  /** Where to write what became of each finding: `.sarif`, `.rdjson` or `.rdjsonl`. */
  readonly writeBack?: string;
  /** What `-` reads. Default: this process's standard input. */
  readonly stdin?: AsyncIterable<Buffer>;
}

export interface BuildOptions extends ModelOptions {
  /** The spec's file, relative to the repository's root, as it is committed. */
  readonly spec: string;
  /** Names of engines, in order of preference; what is installed and has a key where absent. */
  readonly engine?: readonly string[];
  /** Whether engines that the configuration states may be used. Default false, whatever the environment says. */
  readonly configuredEngines?: boolean;
  /** Chunks that are in work at once. Default 1. */
  readonly parallel?: number;
  /** Who cuts the spec into chunks. Default: who did before, at first `deterministic`. */
  readonly chunker?: Chunker;
  /** Builds optional tasks as well. Default false. */
  readonly optional?: boolean;
  /** Milliseconds for all that is done for one chunk. Default 1800000. */
  readonly chunkDeadline?: number;
  /** Pushes each part, and opens its pull request or brings the one that is there up to date. Default false. */
  readonly pr?: boolean;
  /** Where to push to. Default `origin`. */
  readonly remote?: string;
}

export interface ReviewOptions extends ModelOptions {
  /** Only these files and folders, relative to `cwd`; all tracked text files where absent. */
  readonly paths?: readonly string[];
  /** Only what changed since this revision. */
  readonly changed?: string;
}

/** Which of what a run held for a person. */
export interface HeldChoice {
  /** The run's id, or the beginning of it. */
  readonly run: string;
  /** As the run's report counts them, from 1; all that waits where absent. */
  readonly numbers?: readonly number[];
}

export interface AcceptOptions extends RunOptions, HeldChoice {
  /** How far the edits of models may go. Default `free`: a person has looked at them. */
  readonly policy?: EditLevel;
}

export interface RejectOptions extends HeldChoice {
  /** Any folder of the repository. */
  readonly cwd: string;
}

export interface TrialOptions extends RunOptions {
  /** A tool to run in a trial worktree, or edits of the base. */
  readonly change: Change;
  /** All of the change lands, or nothing. Default false. */
  readonly whole?: boolean;
  /** Whether the tool may reach the network. Default false. */
  readonly network?: boolean;
  /** The tool's time, a day at most. Default 600000. */
  readonly timeoutMs?: number;
}

/** A timer that is given more than 24 days ends at once. */
const MAX_TIMEOUT_MS = 86_400_000;

/** Fixes what the project's checks find, a commit per fix, on a branch of stet's own. */
export function repair(options: RepairOptions): Promise<RepairReport> {
  const { paths = [], ...rest } = options;
  return mendable(options, runRepair(paths, askingOf(rest), surroundingsOf(options)));
}

/** Tries what reviewers, scanners and people suggest, and lands what makes nothing worse. */
export function apply(options: ApplyOptions): Promise<ApplyReport> {
  const { inputs, ...rest } = options;
  return mendable(options, runApply(inputs, { policy: "mechanical", ...rest, ...askingOf(rest) }, surroundingsOf(options)));
}

/** Lands what a run held for a person, where it still makes nothing worse; no model is asked. */
export function accept(options: AcceptOptions): Promise<AcceptReport | NothingToAccept> {
  const { run, numbers = [], policy = "free" } = options;
  return mendable(options, runAccept(run, numbers, { ...commonOf(options), policy }, surroundingsOf(options)));
}

/** Writes down that what a run held is not wanted. Tries nothing, and moves no branch. */
export function reject({ run, numbers = [], cwd }: RejectOptions): Promise<RejectReport> {
  return mendable({ cwd }, runReject(run, numbers, cwd));
}

/** Builds a spec, part after part, and gives the report of each as it ends. The same again goes on with what is left. */
export async function* build(options: BuildOptions): AsyncGenerator<PartReport, undefined> {
  const { spec, configuredEngines = false, ...rest } = options;
  const { resume: _ofRepairs, ...asking } = askingOf(rest);
  const parts = runBuild(spec, { ...rest, ...asking, configuredEngines }, surroundingsOf(options));
  for (let part = await mendable(options, parts.next()); part.done !== true; part = await mendable(options, parts.next())) yield part.value;
}

/** Lets models look for defects. Changes nothing; `rows` of the report is an input of `apply`. */
export function review(options: ReviewOptions): Promise<ReviewReport> {
  const { paths = [], ...rest } = options;
  return mendable(options, runReview(paths, { ...rest, ...askingOf(rest) }, surroundingsOf(options)));
}

/** Lands the largest part of a change that is green. */
export function trial(options: TrialOptions): Promise<TryReport> {
  const { whole = false, network = false, timeoutMs = 600_000 } = options;
  const common = { ...commonOf(options), whole, network, timeout: Math.min(timeoutMs, MAX_TIMEOUT_MS) / 1_000 };
  return mendable(options, runTry(options.change, common, surroundingsOf(options)));
}

/**
 * What reviewers, scanners and people suggest, held against a repository: which of it is worth a trial, with edits of the
 * base where they gave any, and why the rest is not. Runs nothing and changes nothing.
 */
export function suggestions(options: SuggestionsOptions): Promise<SiftReport> {
  return mendable({ cwd: options.cwd, ...(options.signal && { signal: options.signal }) }, readSuggestions(options));
}

/** A run that was ended rejects with why; one that failed with what a user can mend, wherever it came up. */
async function mendable<T>({ signal }: RunOptions, run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (error) {
    signal?.throwIfAborted();
    throw problemIn(error) ?? error;
  }
}

/** With whom it may ask, as the command line has it. */
function askingOf({ models, agent, configuredModels = false, budget, ...rest }: ModelOptions): CommonOptions {
  return { ...commonOf(rest), ...(models !== undefined && { model: models }), ...(agent !== undefined && { agent }), configuredModels, ...budget };
}

function commonOf({ allowPaths = [], allowGates = [], sandbox = "auto", passEnv = [], ...options }: RunOptions): CommonOptions {
  return { ...options, allowPath: allowPaths, allow: allowGates, sandbox, passEnv };
}

function surroundingsOf({ listen = () => undefined, signal = new AbortController().signal }: RunOptions): RunSurroundings {
  return { listen, signal, exitCodeOfAbort: () => EXIT.remains, why: () => reason("run", "interrupted") };
}

export { EXIT, Problem, type ExitCode } from "./domain/problem.ts";
/** A problem, or a reason, in words. */
export { problemText } from "./report/errors.ts";
export { sentence } from "./report/sentences.ts";
export { finding, type Category, type Finding, type Fix, type Place } from "./domain/finding.ts";
export { proposal, type Edit, type FileMode, type Proposal, type Safety } from "./domain/proposal.ts";
export type { Event, Listener } from "./domain/event.ts";
export type { Inventory, Reading, TestStatus } from "./domain/reading.ts";
export type { Reason } from "./domain/reason.ts";
export type { Evidence, Verdict, VerdictKind } from "./domain/verdict.ts";
export type { Check, CheckDefinition, Gate, GateContext, Policy, Proposer, Validator, Workspace } from "./domain/plugin.ts";
export type { LandedCommit } from "./domain/entry.ts";
export type { RepairReport, RunReport } from "./commands/run-repair.ts";
export type { AcceptReport, NothingToAccept } from "./commands/run-accept.ts";
export type { ApplyReport } from "./commands/run-apply.ts";
export type { PartReport } from "./commands/run-build.ts";
export type { RejectReport } from "./commands/run-reject.ts";
export { writtenAs, type ReviewFormat, type ReviewReport } from "./commands/run-review.ts";
export type { Change, TryReport } from "./commands/run-try.ts";
export type { Sifted, SiftEvent, SiftReport } from "./commands/sift.ts";
export type { SuggestionsOptions } from "./commands/suggestions.ts";
