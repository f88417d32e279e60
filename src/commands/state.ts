/** A repository's own state of stet: `.stet/` with its ledger, behind the lock of one run per repository. */
import { join } from "node:path";
import { EXIT, Problem, type ExitCode } from "../domain/problem.ts";
import { Ledger } from "../ledger/ledger.ts";
import { recover } from "../ledger/recover.ts";
import { systemClock } from "../system/clock.ts";
import { ensureFolder, exists, writeWhole } from "../system/files.ts";
import { lock } from "../system/lock.ts";
import { endMarked } from "../system/sandbox.ts";
import { absenceOf, findRepository, type Repository } from "../system/repository.ts";
import { sweepTemporary } from "../system/temporary.ts";
import { writePostmortem } from "./postmortem.ts";
import { markOf } from "./trial.ts";

export interface State extends AsyncDisposable {
  readonly repository: Repository;
  readonly ledger: Ledger;
}

/** Exit codes of `absenceOf`'s answers; 66 for all others. */
const ABSENCE_EXITS: Partial<Record<string, ExitCode>> = { "git-missing": EXIT.config, "repository-not-trusted": EXIT.refused };

/** Throws `Problem`: 66 where there is no repository, 75 where another run holds it. */
export async function openState(cwd: string, options: { lock: boolean }): Promise<State> {
  const repository = await findRepository(cwd);
  if (!repository) throw noRepository(await absenceOf(cwd), cwd);
  await ensureStateFolder(repository.stateDir);
  const ledger = new Ledger(join(repository.stateDir, "ledger.jsonl"), systemClock);
  if (!options.lock) return { repository, ledger, [Symbol.asyncDispose]: () => Promise.resolve() };
  const locked = await lock(repository.stateDir);
  if (!locked.ok) throw new Problem("locked", { pid: locked.pid }, EXIT.locked);
  const release = (): Promise<void> => {
    locked.release();
    return Promise.resolve();
  };
  try {
    await recover(ledger, repository.git, {
      endProcesses: (run) => endMarked(markOf(run)),
      tell: async (dead) => {
        await writePostmortem(repository.stateDir, dead);
      },
    });
    await sweepTemporary();
    return { repository, ledger, [Symbol.asyncDispose]: release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Why there is none, as what a user can mend. */
export function noRepository(code: Awaited<ReturnType<typeof absenceOf>>, folder: string): Problem {
  return new Problem(code, { folder }, ABSENCE_EXITS[code] ?? EXIT.noInput);
}

/** `.stet/` ignores itself, so it never shows up in the user's status. */
async function ensureStateFolder(folder: string): Promise<void> {
  await ensureFolder(folder);
  const ignore = join(folder, ".gitignore");
  if (!(await exists(ignore))) await writeWhole(ignore, "*\n");
}
