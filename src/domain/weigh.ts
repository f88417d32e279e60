import { lostCoverage } from "./coverage.ts";
import { counts, type Finding } from "./finding.ts";
import { isRead, type Inventory, type Read, type Reading } from "./reading.ts";
import { reason, type Reason } from "./reason.ts";

/** How one tree compares with its baseline, with what rose and fell. */
export interface Weight {
  readonly kind: "better" | "same" | "worse" | "unclear";
  /** Findings that the baseline does not have, or has fewer of, and that may come from the change. */
  readonly risen: readonly Finding[];
  /** Findings of the baseline that are gone. */
  readonly fallen: readonly Finding[];
  /** Findings that were there before, where the tool had not come to them. */
  readonly uncovered: readonly Finding[];
  /** For `worse` and `unclear`: why. */
  readonly reasons: readonly Reason[];
}

/** Whether a finding that lay hidden in the baseline is known to have nothing to do with the change. */
export type IsApart = (finding: Finding) => boolean;

/**
 * Holds readings of a tree against the baseline's, check by check. The order of severity decides: anything that rose
 * is worse, even when more fell; a check that could not tell makes the whole unclear unless another one is worse.
 * A check that was not run after an earlier one already decided is left out of `after`.
 *
 * A finding further on than the baseline's reading came is no proof of anything: it may have been there all along. Where
 * it is known to have nothing to do with the change it is uncovered, which is no harm as long as something fell; else it
 * is unclear.
 */
export function weigh(before: readonly Reading[], after: readonly Reading[], isApart: IsApart = () => false): Weight {
  const parts = after.map((reading) => {
    const base = before.find(({ check }) => check === reading.check);
    return weighOne(base, reading, isApart);
  });
  const risen = parts.flatMap((part) => part.risen);
  const fallen = parts.flatMap((part) => part.fallen);
  const uncovered = parts.flatMap((part) => part.uncovered);
  const reasons = parts.flatMap((part) => part.reasons);
  const has = (kind: Weight["kind"]): boolean => parts.some((part) => part.kind === kind);
  if (after.length === 0) return unclear(reason("trial", "nothing-measured"));
  const kind = has("worse") ? "worse" : has("unclear") ? "unclear" : has("better") ? "better" : "same";
  return { kind, risen, fallen, uncovered, reasons };
}

/** The findings that the baseline may have had, where its tool had not come to them. */
export function hidden(before: readonly Reading[], after: readonly Reading[]): Finding[] {
  return after.filter(isRead).flatMap((reading) => {
    const base = before.find(({ check }) => check === reading.check);
    return isRead(base) ? surplus(reading.findings, base.findings).filter((one) => !isSeen(one, base)) : [];
  });
}

function weighOne(before: Reading | undefined, after: Reading, isApart: IsApart): Weight {
  if (!isRead(after)) return unclear(reason(after.check, after.kind, { detail: after.detail }));
  if (!isRead(before)) return unclear(reason(after.check, "no-baseline"));
  const more = surplus(after.findings, before.findings);
  const fresh = more.filter((one) => isSeen(one, before));
  const apart = new Set(more.filter((one) => !isSeen(one, before) && isApart(one)));
  // What the tool did not come to any more is not gone.
  const fallen = surplus(before.findings, after.findings).filter((one) => isSeen(one, after) || isAsFar(one, before, after));
  // Without anything that fell there is no telling what opened the tool's way.
  const uncovered = fallen.length > 0 ? [...apart] : [];
  const open = more.filter((one) => !fresh.includes(one) && !uncovered.includes(one));
  const lost = [...lostTests(before, after), ...lostLines(before, after)];
  const worse = [...eachOnce(fresh).map((one) => told("new-finding", one)), ...lost];
  const reasons = [...worse, ...eachOnce(open).map((one) => told("perhaps-uncovered", one))];
  const kind = worse.length > 0 ? "worse" : open.length > 0 ? "unclear" : fallen.length > 0 ? "better" : "same";
  return { kind, risen: [...fresh, ...open], fallen, uncovered, reasons };
}

/** Whether the reading's tool came far enough to see such a finding. */
function isSeen({ depth }: Finding, reading: Read): boolean {
  return !depth || depth.stage <= reachedIn(reading, depth.area);
}

/** Whether the tool came as far as when it saw the finding. It may see more than its stages promise. */
function isAsFar({ depth }: Finding, before: Read, after: Read): boolean {
  return !depth || reachedIn(after, depth.area) >= reachedIn(before, depth.area);
}

function reachedIn({ reached }: Read, area: string): number {
  if (!reached) return Infinity;
  return (Object.hasOwn(reached, area) ? reached[area] : undefined) ?? -1;
}

function unclear(why: Reason): Weight {
  return { kind: "unclear", risen: [], fallen: [], uncovered: [], reasons: [why] };
}

/** The findings in `many` beyond what `few` holds under the same key; the last ones of a key are the surplus. */
function surplus(many: readonly Finding[], few: readonly Finding[]): Finding[] {
  const left = counts(few);
  return many.filter(({ key }) => {
    const rest = left.get(key) ?? 0;
    left.set(key, rest - 1);
    return rest <= 0;
  });
}

function eachOnce(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [one.key, one])).values()];
}

function told(code: string, one: Finding): Reason {
  const { file = "", line = 0 } = one.at ?? {};
  return reason(one.by, code, { rule: one.rule, message: one.message, file, line });
}

/** A test that passed and is gone or skipped is worse; so is a runner that had tests and now has none. */
function lostTests(before: Read, after: Read): Reason[] {
  const [had, has] = [before.inventory ?? {}, after.inventory ?? {}];
  return Object.entries(had).flatMap(([test, status]) => lost(after.check, test, status, has));
}

/** A report that had coverage and now has none lost all of it. */
function lostLines(before: Read, after: Read): Reason[] {
  return before.coverage ? lostCoverage(after.check, before.coverage, after.coverage ?? { files: {} }) : [];
}

function lost(check: string, test: string, status: string, has: Inventory): Reason[] {
  // A test may be called "constructor", which every object inherits.
  const now = Object.hasOwn(has, test) ? has[test] : undefined;
  if (now === undefined) return [reason(check, "test-vanished", { test })];
  if (now === "skipped" && status !== "skipped") return [reason(check, "test-skipped", { test })];
  return [];
}
