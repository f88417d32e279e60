/**
 * Proposes what all safe fixes of a linter's language server make of a file as a whole, in passes, since one fix may call
 * for the next. A file that was formatted is formatted again afterwards, which single fixes do not do. So this stands a
 * rung above `lsp-fix`. Writes nothing.
 */
import type { Proposer } from "../domain/plugin.ts";
import { proposalMaker, titleOf } from "./shared/candidate.ts";
import { editsBetween } from "./shared/difference.ts";
import { linterOffers } from "./shared/linter-server.ts";

export const proposer: Proposer = {
  name: "lsp-fix-all",
  summary: "Proposes what all safe fixes of Biome or oxlint make of a whole file, in passes, where single fixes call for one another.",
  rung: 1,
  async *propose(findings, workspace, { signal } = {}) {
    signal?.throwIfAborted();
    const make = proposalMaker(proposer.name, workspace.tree, proposer.rung);
    for await (const offers of linterOffers(findings, workspace, { by: proposer.name, scope: "all", signal })) {
      for (const { findings: meant, fix } of offers) {
        const [edit] = fix.edits;
        if (!edit) continue;
        const [{ tool = "", at } = {}] = meant;
        const title = titleOf(tool, at?.file ?? edit.file, fix.title);
        const parts = await editsBetween(edit.file, edit.before ?? "", edit.after ?? "");
        const made = make({ findings: meant, title, safety: fix.safety, edits: parts.map((one) => ({ ...one, start: one.start + edit.start })) });
        if (made) yield made;
      }
    }
  },
};
