/**
 * A path in a tree can lead out of it: through a symlink to anywhere on the machine, through a submodule into another
 * repository. Such a change would not be where its commit says, so neither the file itself nor a folder that leads to
 * it may be one, and no proposal makes one.
 */
import type { Gate, GateContext } from "../domain/plugin.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { withLeadingFolders } from "../domain/paths.ts";

const name = "crossing";
/** Proposals may come from data that no compiler has checked: any other mode would make a link. */
const REGULAR: ReadonlySet<string> = new Set(["100644", "100755"]);

export const gate: Gate = {
  name,
  summary: "Refuses a proposal whose path leads through a symlink or a submodule, or that would make one.",
  judge(proposal, context) {
    return [...filesOf(proposal.edits).flatMap((file) => judgePath(file, context)), ...judgeModes(proposal)];
  },
};

function judgePath(file: string, { base }: GateContext): readonly Reason[] {
  return [file, ...withLeadingFolders(file)]
    .filter((at, index, all) => all.indexOf(at) === index)
    .flatMap((at) => {
      const kind = base.get(at)?.kind;
      return kind === "symlink" || kind === "submodule" ? [reason(name, `through-${kind}`, { file, at })] : [];
    });
}

function judgeModes({ edits }: Proposal): readonly Reason[] {
  return edits.flatMap(({ file, mode }) =>
    mode === undefined || REGULAR.has(mode) ? [] : [reason(name, "not-a-file-mode", { file, mode })],
  );
}
