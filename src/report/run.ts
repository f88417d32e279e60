/** A run as the ledger tells it: the shape that `ledger/fold.ts` gives, and what reports read out of it. */
import type { AskedEntry, DeclinedEntry, EndedEntry, LandedCommit, RecordedFinding, RemainingEntry, RunEntry, VerdictEntry } from "../domain/entry.ts";
import type { Held } from "../domain/held.ts";
import type { Evidence } from "../domain/verdict.ts";
import { isAccepted, struckOf, type Decision, type Struck } from "./decisions.ts";
import { recordedFigures } from "./evidence.ts";

export interface ReportedRun {
  readonly start: RunEntry;
  readonly verdicts: readonly VerdictEntry[];
  readonly declined: readonly DeclinedEntry[];
  /** Questions to models that were about no finding; absent where there were none. */
  readonly asked?: readonly AskedEntry[];
  /** What it keeps for a person; absent where that is nothing, or was not looked up. */
  readonly holds?: readonly Held[];
  readonly commits: readonly LandedCommit[];
  readonly tip?: string;
  readonly before?: string | null;
  readonly remaining: readonly RecordedFinding[];
  readonly found?: NonNullable<RemainingEntry["before"]>;
  readonly undone: boolean;
  readonly ended?: EndedEntry;
}

/** `open`: it still runs, or it died and no later run has closed it yet. */
export type Status = "finished" | "interrupted" | "failed" | "open" | "undone";

export function statusOf({ ended, undone }: ReportedRun): Status {
  return undone ? "undone" : (ended?.status ?? "open");
}

/** Undefined while it has no end. */
export function durationOf({ start, ended }: ReportedRun): number | undefined {
  const ms = ended ? Date.parse(ended.at) - Date.parse(start.at) : Number.NaN;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

export function decisionsOf({ verdicts }: ReportedRun): Decision[] {
  return verdicts.map(({ verdict: kind, proposal, reasons }) => ({ kind, proposal, reasons }));
}

/** What a dry run would have landed. */
export function wouldLand(run: ReportedRun): Decision[] {
  return run.start.dryRun ? decisionsOf(run).filter(isAccepted) : [];
}

/** Ids of the proposals that landed, or would have. */
export function landedIn(run: ReportedRun): Set<string> {
  return new Set([...run.commits.map(({ proposal }) => proposal), ...wouldLand(run).map(({ proposal }) => proposal.id)]);
}

/** What remains is only known of a run that came to its end. */
export function struckIn(run: ReportedRun): Struck {
  return struckOf(decisionsOf(run), landedIn(run), run.ended?.status === "finished" ? run.remaining : undefined);
}

export function figuresOf({ verdicts }: ReportedRun): Evidence[] {
  const accepted = verdicts.map(({ verdict: kind, proposal, reasons }) => isAccepted({ kind, proposal, reasons }));
  return recordedFigures(verdicts, (index) => accepted[index] ?? false);
}
