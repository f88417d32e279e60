/**
 * Tells an oracle's glimpse as the check itself would tell it: the check's own reading of the base, less what the oracle
 * saw go, with what it saw come. An oracle may word and place a finding differently; what went is found among the
 * check's own by place.
 */
import type { Finding } from "../domain/finding.ts";
import type { Glimpse } from "../domain/oracle.ts";
import { isRead, type Inventory, type Read, type Reading } from "../domain/reading.ts";
import { weigh } from "../domain/weigh.ts";

export function asReading(baseline: Read, { before, after }: Glimpse): Reading {
  if (!isRead(after)) return after;
  const { risen, fallen } = weigh([before], [after]);
  const left = [...baseline.findings];
  for (const finding of fallen) {
    const at = likest(left, finding);
    if (at >= 0) left.splice(at, 1);
  }
  const inventory = inventoryOf(baseline, before, after);
  return { kind: "read", check: baseline.check, findings: [...left, ...risen], durationMs: after.durationMs, ...(inventory && { inventory }) };
}

/** The one of these that the finding means: the same, else on its line, else of its rule or at least in its file, the nearest. */
function likest(findings: readonly Finding[], { key, rule, at }: Finding): number {
  const same = findings.findIndex((one) => one.key === key);
  if (same >= 0 || !at) return same;
  const distances = findings.map((one) => {
    if (one.at?.file !== at.file) return Infinity;
    const lines = Math.abs(one.at.line - at.line);
    return lines === 0 ? 0 : lines + (one.rule === rule ? 0 : OTHER_RULE_LINES);
  });
  const least = Math.min(...distances);
  return least === Infinity ? -1 : distances.indexOf(least);
}

/** A finding of another rule is taken only where none of the same rule is in the file. */
const OTHER_RULE_LINES = 1_000_000;

function inventoryOf(baseline: Read, before: Read, after: Read): Inventory | undefined {
  if (!baseline.inventory) return undefined;
  const seen = before.inventory ?? {};
  const others = Object.entries(baseline.inventory).filter(([test]) => !Object.hasOwn(seen, test));
  return { ...Object.fromEntries(others), ...after.inventory };
}
