/**
 * Whether a path may be touched at all: here, because a finding in a denied file need not be put to a model whose proposal
 * the gate would refuse. Looks at text only.
 */
import type { Policy } from "../../domain/plugin.ts";
import { isBelow, segmentsOf } from "../../domain/paths.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import { isExempt } from "./globs.ts";
import { isInternal } from "./internals.ts";

export const DENY = "deny";

/** Why it may not; empty where it may. */
export function deniedPath(file: string, policy: Pick<Policy, "deny" | "allowPaths">): readonly Reason[] {
  if (segmentsOf(file).some(isInternal)) return [reason(DENY, "internal", { file })];
  if (!isPlain(file)) return [reason(DENY, "malformed-path", { file })];
  const prefix = policy.deny.find((denied) => isBelow(folded(file), folded(denied)));
  if (prefix === undefined || isExempt(file, policy)) return [];
  return [reason(DENY, "denied", { file, prefix })];
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
