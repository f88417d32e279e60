/** What still stands after a run, by category and rule. */
import type { Category } from "../domain/finding.ts";
import type { RecordedFinding } from "../domain/entry.ts";
import { list } from "./layout.ts";
import { oneLine } from "./plain.ts";

export interface Remains {
  readonly category: string;
  readonly count: number;
  /** `TS2322 (2), TS2345`: most frequent first. */
  readonly rules: string;
  /** `src/a.ts:3`, of the first one; empty where none has a place. */
  readonly example: string;
}

const NAMES: Readonly<Record<Category, string>> = {
  syntax: "syntax",
  missing_import: "missing import",
  undefined_name: "undefined name",
  type_mismatch: "type mismatch",
  contract_violation: "contract violation",
  other: "other",
};
const MAX_RULES = 6;

/** Largest category first. */
export function remainsOf(findings: readonly RecordedFinding[]): Remains[] {
  const groups = [...Map.groupBy(findings, ({ category }) => category)];
  return groups
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([category, group]) => ({
      category: NAMES[category],
      count: group.length,
      rules: rulesOf(group),
      example: placeOf(group.find(({ at }) => at)),
    }));
}

function rulesOf(findings: readonly RecordedFinding[]): string {
  const groups = [...Map.groupBy(findings, ({ rule }) => rule)].sort(([, one], [, other]) => other.length - one.length);
  return list(groups.map(([rule, { length }]) => oneLine(rule, 60) + (length > 1 ? ` (${length})` : "")), MAX_RULES);
}

/** `src/a.ts:3`; empty where the place is not known. */
export function placeOf(finding: RecordedFinding | undefined): string {
  return finding?.at ? `${oneLine(finding.at.file, 120)}:${finding.at.line}` : "";
}
