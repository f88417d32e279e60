/**
 * stet as a library: the same engine as the command line, without it. Both functions throw `Problem` for whatever a
 * user can mend, and hold the repository's lock until they end.
 *
 * @example
 * import { repair } from "stet";
 * const report = await repair({ cwd: "/path/to/repository", dryRun: true });
 * for (const verdict of report.verdicts) console.log(verdict.kind, verdict.proposal.title);
 */
import type { Listener } from "./domain/event.ts";
import type { CommonOptions } from "./commands/options.ts";
import { problemIn } from "./commands/problem-in.ts";
import { runRepair, type RepairReport, type RunSurroundings } from "./commands/run-repair.ts";
import { runTry, type Change, type TryReport } from "./commands/run-try.ts";
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

export interface RepairOptions extends RunOptions {
  /** Only findings in these files and folders, relative to `cwd`; everything where absent. */
  readonly paths?: readonly string[];
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
  return mendable(options, runRepair(options.paths ?? [], commonOf(options), surroundingsOf(options)));
}

/** Lands the largest part of a change that is green. */
export function trial(options: TrialOptions): Promise<TryReport> {
  const { whole = false, network = false, timeoutMs = 600_000 } = options;
  const common = { ...commonOf(options), whole, network, timeout: Math.min(timeoutMs, MAX_TIMEOUT_MS) / 1_000 };
  return mendable(options, runTry(options.change, common, surroundingsOf(options)));
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
export type { Change, TryReport } from "./commands/run-try.ts";
