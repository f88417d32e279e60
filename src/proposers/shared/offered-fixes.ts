/**
 * Candidates from fixes that tools offer for single findings: first all of a rule in a file together, then one by one.
 * Shared by the proposers that have such fixes as data; runs nothing and reads nothing.
 */
import type { Finding, Fix } from "../../domain/finding.ts";
import { statedTogether } from "../../domain/stated.ts";
import { merge, safetyRank, titleOf, unite, type Candidate } from "./candidate.ts";

export function candidatesFrom(findings: readonly Finding[], fixesOf: (finding: Finding) => readonly Fix[]): Candidate[] {
  const groups = [...groupsOf(findings).values()].map((group) => group.map((finding) => candidatesOf(finding, fixesOf(finding))));
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
function candidatesOf(finding: Finding, fixes: readonly Fix[]): Candidate[] {
  const offered = fixes.filter(({ edits }) => edits.some(({ before, after }) => before !== after));
  return offered
    .map(({ title, safety, edits, rationale }) => {
      const named = titleOf(finding.rule, finding.at?.file ?? edits[0]?.file ?? "", title);
      const stated = statedTogether([{ ...(rationale !== undefined && { rationale }), ...(finding.confidence !== undefined && { confidence: finding.confidence }) }]);
      return { findings: [finding], title: named, safety, edits, ...(stated && { stated }) };
    })
    .sort((one, other) => safetyRank(one.safety) - safetyRank(other.safety));
}

function groupTitle(candidates: readonly Candidate[]): string {
  const [finding] = candidates.flatMap(({ findings }) => findings);
  return titleOf(finding?.rule ?? "", finding?.at?.file ?? candidates[0]?.edits[0]?.file ?? "");
}
