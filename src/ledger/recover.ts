/**
 * What the next run does for one that died: it holds every open intent against git, since the ref's own state is the
 * truth and the line may be missing, and closes the run.
 */
import type { Git } from "../system/git.ts";
import { reason } from "../domain/reason.ts";
import { foldRuns, type RunState } from "./fold.ts";
import type { Ledger } from "./ledger.ts";

/** The runs that were found without an end, as they stand after recovery. Call it with the lock held. */
export async function recover(ledger: Ledger, git: Git): Promise<RunState[]> {
  const runs = await foldRuns(ledger.read());
  const dead = [...runs.values()].filter(({ ended }) => ended === undefined);
  for (const state of dead) {
    await settle(state, ledger, git);
    const reasons = [reason("run", "killed")];
    ledger.append(state.start.run, { kind: "ended", status: "interrupted", exitCode: 137, reasons });
  }
  const after = dead.length > 0 ? await foldRuns(ledger.read()) : runs;
  return dead.flatMap(({ start }) => after.get(start.run) ?? []);
}

async function settle(state: RunState, ledger: Ledger, git: Git): Promise<void> {
  const intent = state.open;
  if (!intent) return;
  const { ref, from, to, commits } = intent;
  const stands = await git.maybe(["rev-parse", "--verify", "--quiet", ref]);
  const moved = stands !== undefined && (await git.maybe(["merge-base", "--is-ancestor", to, stands])) !== undefined;
  if (moved) ledger.append(state.start.run, { kind: "landed", ref, from, to, commits, recovered: true, hooks: "not run" });
  else ledger.append(state.start.run, { kind: "abandoned", ref, to, reason: reason("run", "ref-not-moved") });
}
