/**
 * A proposal stays below the paths that the user named for this run. An error in one place tempts a model or a codemod
 * to change another; whoever asked for `src/billing` reviews `src/billing`. No scope named is the whole repository.
 */
import type { Gate } from "../domain/plugin.ts";
import { filesOf } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { isBelow, segmentsOf } from "../domain/paths.ts";

const name = "scope";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that touches a file outside of the paths the user named.",
  judge(proposal, { policy }) {
    const scope = policy.scope.map(segmentsOf);
    if (scope.length === 0) return [];
    return filesOf(proposal.edits)
      .filter((file) => !scope.some((prefix) => isBelow(segmentsOf(file), prefix)))
      .map((file) => reason(name, "out-of-scope", { file, scope: policy.scope }));
  },
};
