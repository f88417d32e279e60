/** What is left to say of a run that ended early: by itself where it still can, by the next one where it was killed. */
import { join } from "node:path";
import { foldRun, type RunState } from "../ledger/fold.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { postmortem } from "../report/postmortem.ts";
import { writeWhole } from "../system/files.ts";

/** Writes `.stet/runs/<id>/postmortem.md` and gives its path. */
export async function writePostmortem(stateDir: string, run: RunState): Promise<string> {
  const path = join(stateDir, "runs", run.start.run, "postmortem.md");
  await writeWhole(path, postmortem(run));
  return path;
}

/** For a run that ends early by itself. Where it cannot be written, the ledger has to do. */
export async function leavePostmortem(stateDir: string, ledger: Ledger, run: string): Promise<void> {
  const state = await foldRun(ledger, run);
  if (state) await writePostmortem(stateDir, state).catch(() => undefined);
}
