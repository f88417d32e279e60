/** What a check counted, in words: the same ones in commits, summaries and reports. */
import { percentOf, totalOf } from "../domain/coverage.ts";
import type { Finding } from "../domain/finding.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import type { Evidence, VerdictKind } from "../domain/verdict.ts";
import { count } from "./layout.ts";

/** `41 → 38 findings`, `120 tests passed`, `1 → 0 findings, 120 tests passed`, `coverage 81.2 → 81.4 %`. */
export function evidenceLine({ before, after, passed, coverage }: Evidence): string {
  const findings = before === after ? count(after, "finding") : `${before} → ${count(after, "finding")}`;
  const more = [
    ...(passed === undefined ? [] : [`${count(passed, "test")} passed`]),
    ...(coverage === undefined ? [] : [`coverage ${coverageText(coverage)}`]),
  ];
  return (before === 0 && after === 0 && more.length > 0 ? more : [findings, ...more]).join(", ");
}

/** `81.2 %`, or `81.2 → 81.4 %` where it changed. */
export function coverageText({ before, after }: NonNullable<Evidence["coverage"]>): string {
  const [was, is] = [before === undefined ? undefined : percent(before), percent(after)];
  return was === undefined || was === is ? `${is} %` : `${was} → ${is} %`;
}

/** Two places, without needless zeros. */
function percent(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** What a reading measured, in words: `, coverage 81.2 %`; empty where it measured none. */
export function coverageOf(reading: Reading): string {
  if (!isRead(reading) || !reading.coverage) return "";
  return `, coverage ${coverageText({ after: percentOf(totalOf(reading.coverage)) })}`;
}

/** The figures of a whole run: findings that it was asked to settle, and the tests of its last readings. */
export function figures(before: readonly Finding[], after: readonly Finding[], readings: readonly Reading[]): Evidence[] {
  return readings.map((reading) => {
    const of = (findings: readonly Finding[]): number => findings.filter(({ by }) => by === reading.check).length;
    const statuses = isRead(reading) && reading.inventory ? Object.values(reading.inventory) : undefined;
    const passed = statuses?.filter((status) => status === "passed").length;
    const coverage = isRead(reading) && reading.coverage ? { coverage: { after: percentOf(totalOf(reading.coverage)) } } : {};
    return { check: reading.check, before: of(before), after: of(after), ...(passed === undefined ? {} : { passed }), ...coverage };
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
      const first = byCheck.get(one.check) ?? untouched(one);
      byCheck.set(one.check, isLanded(index) ? since(first, one) : first);
    }
  }
  return [...byCheck.values()];
}

/** As it was before. */
function untouched({ check, before, coverage }: Evidence): Evidence {
  const was = coverage?.before;
  return { check, before, after: before, ...(was === undefined ? {} : { coverage: { before: was, after: was } }) };
}

/** What the last one came to, from where the first one began. */
function since(first: Evidence, last: Evidence): Evidence {
  const was = first.coverage?.before;
  const coverage = last.coverage && { coverage: { ...last.coverage, ...(was === undefined ? {} : { before: was }) } };
  return { ...last, before: first.before, ...coverage };
}
