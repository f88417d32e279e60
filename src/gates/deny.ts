/**
 * Paths that no automated change may touch. What the policy denies by prefix the user can exempt; git's internals,
 * stet's own state and paths that are not plain relative paths nobody can, since such a path is an attack or a fault.
 */
import type { Gate, Policy } from "../domain/plugin.ts";
import { filesOf } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { isExempt } from "./shared/globs.ts";
import { isInternal } from "./shared/internals.ts";
import { isBelow, segmentsOf } from "./shared/paths.ts";

const name = "deny";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that touches a denied path, git's or stet's own files, or a path that is not a plain relative one.",
  judge(proposal, { policy }) {
    return filesOf(proposal.edits).flatMap((file) => judgePath(file, policy));
  },
};

function judgePath(file: string, policy: Policy): readonly Reason[] {
  if (segmentsOf(file).some(isInternal)) return [reason(name, "internal", { file })];
  if (!isPlain(file)) return [reason(name, "malformed-path", { file })];
  const prefix = policy.deny.find((denied) => isBelow(folded(file), folded(denied)));
  if (prefix === undefined || isExempt(file, policy)) return [];
  return [reason(name, "denied", { file, prefix })];
}

/** Relative, with `/` between segments that say something, and without control characters: as git itself lists it. */
function isPlain(file: string): boolean {
  const segments = file.split("/");
  const isDrive = /^[A-Za-z]:/.test(file);
  const isOdd = segments.some((segment) => segment === "" || segment === "." || segment === "..");
  return !isDrive && !isOdd && !/[\\\p{Cc}]/u.test(file) && file.isWellFormed();
}

/** Without letter case: where the file system folds it, `Docs` is `docs`. */
function folded(path: string): readonly string[] {
  return segmentsOf(path.toLowerCase());
}
