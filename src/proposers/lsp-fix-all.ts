/**
 * Proposes what all safe fixes of a linter's language server make of a file as a whole, in passes, since one fix may call
 * for the next. A file that was formatted is formatted again afterwards, which single fixes do not do. So this stands a
 * rung above `lsp-fix`. Writes nothing.
 */
import type { Proposer } from "../domain/plugin.ts";
import { proposalMaker, titleOf, type Candidate } from "./shared/candidate.ts";
import { editsBetween } from "./shared/difference.ts";
import { linterOffers, type LinterOffer } from "./shared/linter-server.ts";

export const proposer: Proposer = {
  name: "lsp-fix-all",
  summary: "Proposes what all safe fixes of Biome or oxlint make of a whole file, in passes, where single fixes call for one another.",
  rung: 1,
  async *propose(findings, workspace, { signal } = {}) {
    signal?.throwIfAborted();
    const make = proposalMaker(proposer.name, workspace.tree, proposer.rung);
    for await (const offers of linterOffers(findings, workspace, { by: proposer.name, scope: "all", signal })) {
      for (const offer of offers) {
        const candidate = await candidateOf(offer);
        const made = candidate && make(candidate);
        if (made) yield made;
      }
    }
  },
};

/** The worker replaces the file as a whole; what lands is what differs. */
async function candidateOf({ findings, fix: { title, safety, edits: [edit] } }: LinterOffer): Promise<Candidate | undefined> {
  if (edit?.before === undefined || edit.before === null || edit.after === null) return undefined;
  const parts = await editsBetween(edit.file, edit.before, edit.after);
  const named = titleOf(findings[0]?.tool ?? "", edit.file, title);
  return { findings, title: named, safety, edits: parts.map((one) => ({ ...one, start: one.start + edit.start })) };
}
