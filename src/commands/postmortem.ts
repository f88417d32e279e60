/** What is left to say of a run that died: written by the next one, since the dead cannot. */
import { join } from "node:path";
import type { RunState } from "../ledger/fold.ts";
import { postmortem } from "../report/postmortem.ts";
import { writeWhole } from "../system/files.ts";

/** Writes `.stet/runs/<id>/postmortem.md` and gives its path. */
export async function writePostmortem(stateDir: string, run: RunState): Promise<string> {
  const path = join(stateDir, "runs", run.start.run, "postmortem.md");
  await writeWhole(path, postmortem(run));
  return path;
}
