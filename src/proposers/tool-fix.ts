/**
 * Proposes what the tool that saw a finding offers for it as data: ESLint's fixes and suggestions, and those of any
 * other tool whose validator fills in `fixes`. Runs nothing and reads nothing; whether an edit still fits its file is
 * for the gates to say.
 */
import { setImmediate } from "node:timers/promises";
import type { Finding } from "../domain/finding.ts";
import type { Proposer } from "../domain/plugin.ts";
import { merge, proposalMaker, safetyRank, titleOf, unite, type Candidate } from "./shared/candidate.ts";

export const proposer: Proposer = {
  name: "tool-fix",
  summary: "Proposes the fixes that the tool which saw a finding offers for it, first all of a rule in a file, then one by one.",
  rung: 0,
  async *propose(findings, workspace, { signal } = {}) {
    const make = proposalMaker(proposer.name, workspace.tree);
    for (const candidate of candidates(findings)) {
      await setImmediate(undefined, signal && { signal });
      const made = make(candidate);
      if (made) yield made;
    }
  },
};

function candidates(findings: readonly Finding[]): Candidate[] {
  const groups = [...groupsOf(findings).values()].map((group) => group.map(fixesOf));
  const together = groups.flatMap((group) => {
    const first = group.flatMap((fixes) => fixes.slice(0, 1));
    const merged = merge(first, groupTitle(first));
    return merged ? [merged] : [];
  });
  return [...together, ...unite(groups.flat(2))];
}

function groupsOf(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.by, finding.rule, finding.at?.file]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups;
}

/** What one finding offers, safe before unsafe, otherwise in the tool's order. */
function fixesOf(finding: Finding): Candidate[] {
  const offered = (finding.fixes ?? []).filter(({ edits }) => edits.some(({ before, after }) => before !== after));
  return offered
    .map(({ title, safety, edits }) => {
      const named = titleOf(finding.rule, finding.at?.file ?? edits[0]?.file ?? "", title);
      return { findings: [finding], title: named, safety, edits };
    })
    .sort((one, other) => safetyRank(one.safety) - safetyRank(other.safety));
}

function groupTitle(candidates: readonly Candidate[]): string {
  const [finding] = candidates.flatMap(({ findings }) => findings);
  return titleOf(finding?.rule ?? "", finding?.at?.file ?? candidates[0]?.edits[0]?.file ?? "");
}
