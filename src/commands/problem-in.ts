/** What a fault from below means to the user: the problem that it is, wherever it came up. */
import { EXIT, Problem } from "../domain/problem.ts";
import { GitFault } from "../system/git.ts";
import { ContainmentFault } from "../system/sandbox.ts";
import { storageFaultIn } from "../system/storage-fault.ts";

/** Undefined where it is none that a user can mend: a bug. */
export function problemIn(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  const storage = storageFaultIn(error);
  if (storage) return new Problem("storage", { path: storage.path, code: storage.code }, EXIT.storage);
  if (error instanceof ContainmentFault) return new Problem("containment-failed", { detail: error.detail }, EXIT.config);
  if (error instanceof GitFault && error.died) return new Problem("git-died", { command: error.args[0] ?? "" }, EXIT.bug);
  return undefined;
}
