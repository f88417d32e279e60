/**
 * Only text is edited. Where a file's bytes are not valid UTF-8 (a single 0xE9 of Latin-1 is enough) they would come
 * back as U+FFFD, so the file is refused whole; so is one with a NUL, which git holds for binary. Nothing is added that
 * could not be read again.
 */
import type { Gate, GateContext } from "../domain/plugin.ts";
import type { Edit, Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { changesOf, editsByFile } from "./shared/changes.ts";
import { grown } from "./shared/growth.ts";

const name = "text";
const BROKEN = { nul: /\0/g, "replacement-character": /\ufffd/g };

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that edits a binary or undecodable file, or adds text that is broken.",
  judge(proposal, context) {
    return [...unreadable(proposal, context), ...proposal.edits.flatMap(added), ...illFormed(proposal, context)];
  },
};

function unreadable(proposal: Proposal, { base }: GateContext): readonly Reason[] {
  return [...editsByFile(proposal).keys()].flatMap((file) => {
    const was = base.get(file);
    if (was?.kind === "undecodable") return [reason(name, "undecodable", { file })];
    return was?.kind === "text" && was.text.includes("\0") ? [reason(name, "binary", { file })] : [];
  });
}

function added({ file, before, after }: Edit): readonly Reason[] {
  return grown(BROKEN, before ?? "", after ?? "").map((code) => reason(name, code, { file }));
}

/** Half a surrogate pair has no UTF-8; judged on the result, since an edit may change one half of a pair. */
function illFormed(proposal: Proposal, context: GateContext): readonly Reason[] {
  return changesOf(proposal, context)
    .filter(({ after }) => after?.isWellFormed() === false)
    .map(({ file }) => reason(name, "lone-surrogate", { file }));
}
