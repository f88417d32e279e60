/**
 * Paths that no automated change may touch. What the policy denies by prefix the user can exempt; git's internals,
 * stet's own state and paths that are not plain relative paths nobody can, since such a path is an attack or a fault.
 */
import type { Gate } from "../domain/plugin.ts";
import { filesOf } from "../domain/proposal.ts";
import { DENY, deniedPath } from "./shared/denied.ts";

export const gate: Gate = {
  name: DENY,
  summary: "Refuses a proposal that touches a denied path, git's or stet's own files, or a path that is not a plain relative one.",
  judge(proposal, { policy }) {
    return filesOf(proposal.edits).flatMap((file) => deniedPath(file, policy));
  },
};
