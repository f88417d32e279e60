/** What a check counted, in words: the same ones in commits, summaries and reports. */
import type { Finding } from "../domain/finding.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import type { Evidence, VerdictKind } from "../domain/verdict.ts";
import { count } from "./layout.ts";

/** `41 → 38 findings`, `1 → 3 findings (3 came to light)`, `120 tests passed`, `1 → 0 findings, 120 tests passed`. */
export function evidenceLine({ before, after, passed, uncovered = 0 }: Evidence): string {
  const light = uncovered > 0 ? ` (${uncovered} came to light)` : "";
  const findings = `${before === after ? "" : `${before} → `}${count(after, "finding")}${light}`;
  if (passed === undefined) return findings;
  const tests = `${count(passed, "test")} passed`;
  return before === 0 && after === 0 ? tests : `${findings}, ${tests}`;
}

/** The figures of a whole run: findings that it was asked to settle, and the tests of its last readings. */
export function figures(before: readonly Finding[], after: readonly Finding[], readings: readonly Reading[]): Evidence[] {
  return readings.map((reading) => {
    const of = (findings: readonly Finding[]): number => findings.filter(({ by }) => by === reading.check).length;
    const statuses = isRead(reading) && reading.inventory ? Object.values(reading.inventory) : undefined;
    const passed = statuses?.filter((status) => status === "passed").length;
    return { check: reading.check, before: of(before), after: of(after), ...(passed === undefined ? {} : { passed }) };
  });
}

/** The same from recorded verdicts: first figures seen of each check, and those of the last landing. */
export function recordedFigures(
  verdicts: readonly { readonly verdict: VerdictKind; readonly evidence: readonly Evidence[] }[],
  isLanded: (index: number) => boolean,
): Evidence[] {
  const byCheck = new Map<string, Evidence>();
  for (const [index, { evidence }] of verdicts.entries()) {
    for (const one of evidence) {
      const first = byCheck.get(one.check) ?? { check: one.check, before: one.before, after: one.before };
      byCheck.set(one.check, isLanded(index) ? { ...one, before: first.before } : first);
    }
  }
  return [...byCheck.values()];
}
