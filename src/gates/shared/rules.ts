/** Some rules are about the very thing a gate keeps; their own fixes are the ones that may change it. */
import type { Proposal } from "../../domain/proposal.ts";

/** Whether a finding of the proposal is of that rule, with or without a plug-in's prefix (`@stylistic/eol-last`). */
export function settles(proposal: Proposal, rule: string): boolean {
  return proposal.findings.some((finding) => finding.rule === rule || finding.rule.endsWith(`/${rule}`));
}
