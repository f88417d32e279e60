/**
 * What has become here of what a reviewer found (capability A13): by its name and the rule, or, where that is too few, by its name
 * alone. What landed and was taken back has failed; what was never tried says nothing.
 */
import type { Entry } from "../domain/entry.ts";
import type { Earned } from "../domain/proposal.ts";
import { shrunk, type Tally } from "./earned.ts";
import { foldRuns, none } from "./fold.ts";
import type { Ledger } from "./ledger.ts";

/** Undefined where there are fewer outcomes than asked for. */
export type ReviewRecord = (by: string, rule: string, minOutcomes: number) => Earned | undefined;

export async function reviewRecord(ledger: Pick<Ledger, "read">): Promise<ReviewRecord> {
  const undone = new Set([...(await foldRuns(ledger.read(none))).values()].filter((run) => run.undone).map(({ start }) => start.run));
  const tallies = new Map<string, Tally>();
  for await (const entry of ledger.read()) {
    const outcome = outcomeOf(entry, undone);
    if (outcome === undefined || entry.kind !== "verdict") continue;
    for (const { by, rule } of entry.proposal.findings) {
      for (const name of [by, nameOf(by, rule)]) {
        const { landed, all } = tallies.get(name) ?? { landed: 0, all: 0 };
        tallies.set(name, { landed: landed + outcome, all: all + 1 });
      }
    }
  }
  return (by, rule, minOutcomes) => {
    const tally = [nameOf(by, rule), by].map((name) => tallies.get(name)).find((one) => one !== undefined && one.all >= minOutcomes);
    return tally && { p: shrunk(tally), n: tally.all };
  };
}

/** 1 where it landed and stayed; undefined where nothing can be learnt. */
function outcomeOf(entry: Entry, undone: ReadonlySet<string>): 0 | 1 | undefined {
  if (entry.kind !== "verdict" || entry.verdict === "unclear") return undefined;
  const isGreen = (entry.verdict === "better" || entry.verdict === "same") && entry.reasons.length === 0;
  return isGreen && !undone.has(entry.run) ? 1 : 0;
}

function nameOf(by: string, rule: string): string {
  return JSON.stringify([by, rule]);
}
