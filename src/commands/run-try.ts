/** A whole try, without a command line: what `stet try` and the library's `trial` both call. */
import { filesOf, type Edit } from "../domain/proposal.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Outcome } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Verdict } from "../domain/verdict.ts";
import { tryChange } from "../engine/try.ts";
import { systemClock } from "../system/clock.ts";
import { difference, type FileDifference } from "../trial/difference.ts";
import type { CommonOptions } from "./options.ts";
import { TRY_LIMITS } from "./policy.ts";
import { refuseMissing } from "./scope.ts";
import { reportOf, type RunReport, type RunSurroundings } from "./run-repair.ts";
import { inSession, type Session } from "./session.ts";

export interface TryOptions extends CommonOptions {
  /** All of the change lands, or nothing. */
  readonly whole?: boolean;
  readonly network?: boolean;
  /** Seconds. */
  readonly timeout: number;
}

export interface TryReport extends RunReport {
  /** What made the change: the tool's argv, or a title. */
  readonly argv: readonly string[];
  readonly toolExitCode: number;
  /** How many files the tool changed. */
  readonly changedFiles: number;
  readonly kept: readonly Proposal[];
  readonly struck: readonly Verdict[];
}

/** Where the change comes from: a tool to run, or edits of the base that are there already. */
export type Change = { readonly argv: readonly string[] } | { readonly title: string; readonly edits: readonly Edit[] };

export async function runTry(change: Change, common: TryOptions, surroundings: RunSurroundings): Promise<TryReport> {
  const started = systemClock.now();
  const argv = "argv" in change ? change.argv : [change.title];
  const subject = (prefix: string): string[] => [JSON.stringify(change), common.whole ? "whole" : "", ...folderOf(prefix)];
  const options = { command: "try", scope: [], subject, limits: TRY_LIMITS, common, ...surroundings };
  return inSession(options, async (session) => {
    const { kit, tree } = session;
    const readings = await session.readings();
    const { files, toolExitCode } = await differenceOf(change, session, common, surroundings.signal);
    const title = argv.join(" ").replace(/\s+/g, " ");
    const asked = { tree, readings, title, change: files, whole: common.whole ?? false };
    const result = await tryChange(kit, asked);
    return {
      ...(await reportOf(session, started, result.halted)),
      argv,
      toolExitCode,
      changedFiles: files.length,
      kept: result.kept,
      struck: result.struck,
      exitCode: result.struck.length === 0 && !result.halted ? EXIT.settled : EXIT.remains,
    };
  });
}

async function differenceOf(
  change: Change,
  session: Session,
  common: TryOptions,
  signal: AbortSignal,
): Promise<{ files: FileDifference[]; toolExitCode: number }> {
  if ("edits" in change) {
    const { edits } = change;
    const files = filesOf(edits).map((file) => ({ file, edits: edits.filter((edit) => edit.file === file) }));
    return { files, toolExitCode: 0 };
  }
  const { outcome, changed } = await runTool(session, change.argv, common, signal);
  const files = await difference(session.shadow.git, session.tree, changed);
  return { files, toolExitCode: outcome.ended.kind === "exited" ? outcome.ended.code : 0 };
}

/** Where the user stands: the tool starts at the same place. None for the root. */
function folderOf(prefix: string): readonly string[] {
  return prefix === "" ? [] : [prefix];
}

/** Many a tool ends with 1 because something is left to do; only one that could not run, or was ended, counts as failed. */
async function runTool(
  { kit, tree, worktree, base, repository }: Session,
  argv: readonly string[],
  { network, timeout }: TryOptions,
  signal: AbortSignal,
): Promise<{ outcome: Outcome; changed: string }> {
  refuseMissing(folderOf(repository.prefix), base);
  const workspace = await kit.trial.measure.workspace(tree);
  const command = { argv, cwd: repository.prefix, timeoutMs: timeout * 1_000, network: network ?? false, signal };
  const outcome = await workspace.run(command);
  const { ended } = outcome;
  const missing = ended.kind === "missing" || (ended.kind === "exited" && [126, 127].includes(ended.code));
  if (missing || ended.kind !== "exited") {
    const how = missing ? "missing" : ended.kind;
    throw new Problem("tool-failed", { command: argv.join(" "), how, detail: outcome.stderr.slice(-2_000) }, EXIT.config);
  }
  const changed = await worktree.capture();
  await worktree.forgetDependencies();
  kit.trial.measure.soil();
  return { outcome, changed };
}
