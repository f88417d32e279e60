/**
 * Which findings are tried together, and what is enough for each: one that a check sees has to go away, of the others it is enough
 * that nothing gets worse; what waits for a person is kept instead of landed.
 */
import type { Finding } from "../domain/finding.ts";
import { findingsIn, type Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Pass } from "../engine/apply.ts";
import type { Run } from "../engine/run.ts";
import { couldTell } from "./could-tell.ts";
import type { Sifted } from "./sift.ts";

/** What becomes of a change that no check speaks for: nothing got worse, and that is all that can be said. */
export type SameWay = "land" | "hold" | "refuse";

/** A row of this stage wants a person to look first. */
const DRY_RUN = "dry_run";
/** Tiers that `--hold` lets through to a person, whatever their figures. */
export const WAITING: ReadonlySet<string> = new Set([DRY_RUN, "simulation"]);

interface PassesOptions {
  readonly same: SameWay;
  readonly hold: boolean;
  readonly run: Pick<Run, "decline">;
}

/**
 * A finding that a check sees as well has to go away; of the others it is enough that nothing gets worse, as long as there
 * is a check that could tell.
 */
export function passesOf(tried: readonly Sifted[], readings: readonly Reading[], { same, hold, run }: PassesOptions): Pass[] {
  const seen = new Map(findingsIn(readings).map((finding) => [identityOf(finding), finding]));
  const checkable: One[] = [];
  const others: One[] = [];
  for (const { finding, suggestion } of tried) {
    const own = seen.get(identityOf(finding));
    const waits = waitsForPerson(suggestion, hold);
    // Only review rows say how far they are to be trusted: their changes are a model's.
    const byModel = suggestion.trust !== undefined;
    if (own && !waits) checkable.push({ finding: { ...own, ...(finding.fixes && { fixes: finding.fixes }) }, waits, byModel });
    else others.push({ finding, waits, byModel });
  }
  const why = whyNotSame(readings, same);
  if (why) for (const { finding } of others.splice(0)) run.decline({ declined: true, findings: [finding], by: finding.by, rung: 0, reason: why });
  const holds = ({ waits }: One): boolean => waits || same === "hold";
  return [
    ...byMaker(checkable, { accepts: "better", holds: false }),
    ...byMaker(others.filter((one) => !holds(one)), { accepts: "same", holds: false }),
    ...byMaker(others.filter(holds), { accepts: "same", holds: true }),
  ];
}

function waitsForPerson({ stage, trust }: Sifted["suggestion"], hold: boolean): boolean {
  return stage === DRY_RUN || (hold && trust?.tiers.some((tier) => WAITING.has(tier)) === true);
}

/** Why it is not enough that nothing gets worse; undefined where it is. */
function whyNotSame(readings: readonly Reading[], same: SameWay): Reason | undefined {
  if (!readings.some(couldTell)) return reason("apply", "nothing-could-tell");
  return same === "refuse" ? reason("apply", "same-refused") : undefined;
}

interface One {
  readonly finding: Finding;
  readonly waits: boolean;
  readonly byModel: boolean;
}

/** Tools' changes before those of models. */
function byMaker(ones: readonly One[], more: Pick<Pass, "accepts" | "holds">): Pass[] {
  return [false, true].map((byModel) => ({ ...more, byModel, findings: ones.filter((one) => one.byModel === byModel).map(({ finding }) => finding) }));
}

/** The same rule at the same place is the same defect, whoever reports it. */
export function identityOf({ rule, at }: Finding): string {
  return JSON.stringify([rule, at?.file, at?.line]);
}
