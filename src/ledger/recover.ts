/**
 * What the next run does for one that died: it ends what is still running of it, holds every open intent against git,
 * since the ref's own state is the truth and the line may be missing, and closes the run.
 */
import type { Git } from "../system/git.ts";
import { reason } from "../domain/reason.ts";
import { removeRefLock } from "../system/ref-lock.ts";
import { foldRun, foldRuns, none, type RunState } from "./fold.ts";
import type { Ledger } from "./ledger.ts";

export interface RecoverySteps {
  /** Ends every process of a run. A git that outlived its run could move the ref after it was looked at. */
  endProcesses?(run: string): Promise<void>;
  /** Told of each dead run as it stands, right before it is closed. */
  tell?(dead: RunState): Promise<void>;
}

/** Closes the runs that were found without an end, and gives them. Call it with the lock held. */
export async function recover(ledger: Ledger, git: Git, steps: RecoverySteps = {}): Promise<RunState[]> {
  const dead = unended(await foldRuns(ledger.read(none)));
  if (dead.length === 0) return [];
  for (const state of dead) {
    await steps.endProcesses?.(state.start.run);
    await settle(state, ledger, git);
  }
  for (const { start } of dead) {
    const state = await foldRun(ledger, start.run);
    if (!state || state.ended) continue;
    await steps.tell?.(state);
    const reasons = [reason("run", "killed")];
    ledger.append(state.start.run, { kind: "ended", status: "interrupted", exitCode: 137, reasons });
  }
  const after = await foldRuns(ledger.read(none));
  return dead.flatMap(({ start }) => after.get(start.run) ?? []);
}

function unended(runs: ReadonlyMap<string, RunState>): RunState[] {
  return [...runs.values()].filter(({ ended }) => ended === undefined);
}

async function settle(state: RunState, ledger: Ledger, git: Git): Promise<void> {
  const intent = state.open;
  if (!intent) return;
  const { ref, from, to, commits } = intent;
  await removeRefLock(git, ref, to);
  const stands = await git.maybe(["rev-parse", "--verify", "--quiet", ref]);
  const moved = stands !== undefined && (await git.maybe(["merge-base", "--is-ancestor", to, stands])) !== undefined;
  if (moved) ledger.append(state.start.run, { kind: "landed", ref, from, to, commits, recovered: true, hooks: "not run" });
  else ledger.append(state.start.run, { kind: "abandoned", ref, to, reason: reason("run", "ref-not-moved") });
}
