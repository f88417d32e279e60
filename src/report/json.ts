/** A run as data for programs: the ledger's facts in one object, each reason with its sentence beside it. */
import type { RecordedFinding, VerdictEntry } from "../domain/entry.ts";
import type { Reason } from "../domain/reason.ts";
import { durationOf, figuresOf, statusOf, wouldLand, type ReportedRun } from "./run.ts";
import { sentence } from "./sentences.ts";

/** A reason with its words. */
export interface WordedReason extends Reason {
  readonly text: string;
}

export function worded(reason: Reason): WordedReason {
  return { ...reason, text: sentence(reason) };
}

/** One object; `null` where something is not known. Not safe to print raw: see `safeJson`. */
export function runJson(run: ReportedRun): Record<string, unknown> {
  const { start, commits, remaining, verdicts, ended, tip, before } = run;
  return {
    run: start.run,
    command: start.command,
    status: statusOf(run),
    exitCode: ended?.exitCode ?? null,
    dryRun: start.dryRun,
    base: start.base,
    branch: start.branch,
    before: before ?? null,
    tip: tip ?? null,
    continues: start.continues ?? null,
    startedAt: start.at,
    endedAt: ended?.at ?? null,
    durationMs: durationOf(run) ?? null,
    reasons: (ended?.reasons ?? []).map(worded),
    landed: commits,
    wouldLand: wouldLand(run).map(({ proposal }) => ({ proposal: proposal.id, title: proposal.title })),
    verdicts: verdicts.map(verdictJson),
    remaining: remaining.map(findingJson),
    checks: figuresOf(run),
  };
}

function verdictJson({ at, verdict, proposal, reasons, evidence }: VerdictEntry): Record<string, unknown> {
  return { at, verdict, reasons: reasons.map(worded), evidence, proposal };
}

/** A finding without the fixes that its tool offered, which can be large. */
export function findingJson({ key, by, rule, category, message, at, confidence }: RecordedFinding): Record<string, unknown> {
  return { key, by, rule, category, message, at, confidence };
}
