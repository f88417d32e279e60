/** A pull request's review comments, asked of the forge and kept with the run, where they are read like a saved answer. */
import { join } from "node:path";
import { EXIT, Problem } from "../domain/problem.ts";
import { reason } from "../domain/reason.ts";
import { faultReason } from "../land/pull-request.ts";
import { writeWhole } from "../system/files.ts";
import { forgeOf } from "./publish.ts";
import type { Session } from "./session.ts";

/**
 * The path of the file. Undefined where they cannot be had: then that is a line in the ledger. Throws `Problem` (66) for a
 * remote that is not there or leads to no forge.
 */
export async function commentsOf(number: number, remote: string, session: Session): Promise<string | undefined> {
  const { run, repository } = session;
  const forge = await forgeOf(session, remote);
  if (!forge) throw new Problem("comments-without-forge", { remote }, EXIT.noInput);
  const found = await forge.reviewComments(number);
  if (!found.ok) {
    const { code, args } = faultReason(found.fault);
    run.skip({ origin: { source: `${forge.kind}-review`, input: `#${number}`, number: 0 }, reason: reason("input", code, args), exitCode: 66 });
    return undefined;
  }
  const file = join(repository.stateDir, "runs", run.options.id, `comments-${number}.json`);
  await writeWhole(file, JSON.stringify(found.value));
  return file;
}
