import { lostCoverage } from "./coverage.ts";
import { counts, type Finding } from "./finding.ts";
import { isRead, type Inventory, type Read, type Reading } from "./reading.ts";
import { reason, type Reason } from "./reason.ts";

/** How one tree compares with its baseline, with what rose and fell. */
export interface Weight {
  readonly kind: "better" | "same" | "worse" | "unclear";
  /** Findings that the baseline does not have, or has fewer of. */
  readonly risen: readonly Finding[];
  /** Findings of the baseline that are gone. */
  readonly fallen: readonly Finding[];
  /** For `worse` and `unclear`: why. */
  readonly reasons: readonly Reason[];
}

/**
 * Holds readings of a tree against the baseline's, check by check. The order of severity decides: anything that rose
 * is worse, even when more fell; a check that could not tell makes the whole unclear unless another one is worse.
 * A check that was not run after an earlier one already decided is left out of `after`.
 */
export function weigh(before: readonly Reading[], after: readonly Reading[]): Weight {
  const parts = after.map((reading) => {
    const base = before.find(({ check }) => check === reading.check);
    return weighOne(base, reading);
  });
  const risen = parts.flatMap((part) => part.risen);
  const fallen = parts.flatMap((part) => part.fallen);
  const reasons = parts.flatMap((part) => part.reasons);
  const has = (kind: Weight["kind"]): boolean => parts.some((part) => part.kind === kind);
  if (after.length === 0) return unclear(reason("trial", "nothing-measured"));
  const kind = has("worse") ? "worse" : has("unclear") ? "unclear" : has("better") ? "better" : "same";
  return { kind, risen, fallen, reasons };
}

function weighOne(before: Reading | undefined, after: Reading): Weight {
  if (!isRead(after)) return unclear(reason(after.check, after.kind, { detail: after.detail }));
  if (!isRead(before)) return unclear(reason(after.check, "no-baseline"));
  const risen = surplus(after.findings, before.findings);
  const fallen = surplus(before.findings, after.findings);
  const lost = [...lostTests(before, after), ...lostLines(before, after)];
  const reasons = [...new Map(risen.map((one) => [one.key, newFinding(one)])).values(), ...lost];
  const kind = reasons.length > 0 ? "worse" : fallen.length > 0 ? "better" : "same";
  return { kind, risen, fallen, reasons };
}

function unclear(why: Reason): Weight {
  return { kind: "unclear", risen: [], fallen: [], reasons: [why] };
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

function newFinding(one: Finding): Reason {
  const { file = "", line = 0 } = one.at ?? {};
  return reason(one.by, "new-finding", { rule: one.rule, message: one.message, file, line });
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
