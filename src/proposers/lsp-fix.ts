/**
 * Proposes the fixes of linters whose reports hold none, but whose language servers offer them: Biome's and oxlint's,
 * safe and unsafe. Asked for findings that stand only, so that the many readings of a trial do not pay for them. What
 * only switches a rule off by a comment is never taken.
 */
import type { Fix, Finding } from "../domain/finding.ts";
import type { Proposer } from "../domain/plugin.ts";
import { proposalMaker } from "./shared/candidate.ts";
import { linterOffers } from "./shared/linter-server.ts";
import { candidatesFrom } from "./shared/offered-fixes.ts";

export const proposer: Proposer = {
  name: "lsp-fix",
  summary: "Proposes the fixes that Biome's and oxlint's language servers offer, first all of a rule in a file, then one by one.",
  rung: 0,
  async *propose(findings, workspace, { signal } = {}) {
    signal?.throwIfAborted();
    const make = proposalMaker(proposer.name, workspace.tree);
    for await (const offers of linterOffers(findings, workspace, { by: proposer.name, scope: "each", signal })) {
      const byFinding = new Map<Finding, Fix[]>();
      for (const { findings: meant, fix } of offers) for (const one of meant) byFinding.set(one, [...(byFinding.get(one) ?? []), fix]);
      for (const candidate of candidatesFrom([...byFinding.keys()], (one) => byFinding.get(one) ?? [])) {
        const made = make(candidate);
        if (made) yield made;
      }
    }
  },
};
