/** A run as data for programs: the ledger's facts in one object, each reason with its sentence beside it. */
import type { DeclinedEntry, RecordedFinding, VerdictEntry } from "../domain/entry.ts";
import type { Reason } from "../domain/reason.ts";
import { modelRows } from "./models.ts";
import { askedIn } from "./asked.ts";
import { durationOf, figuresOf, statusOf, wouldLand, type ReportedRun } from "./run.ts";
import { isResumable, resumeArguments } from "./resume.ts";
import { sentence } from "./sentences.ts";
import { telemetryOf } from "./telemetry.ts";

/** A reason with its words. */
export interface WordedReason extends Reason {
  readonly text: string;
}

export function worded(reason: Reason): WordedReason {
  return { ...reason, text: sentence(reason) };
}

/** One object; `null` where something is not known. Not safe to print raw: see `safeJson`. */
export function runJson(run: ReportedRun): Record<string, unknown> {
  const { start, commits, declined, remaining, verdicts, ended, tip, before, holds = [] } = run;
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
    resume: isResumable(run) ? resumeArguments(start) : null,
    startedAt: start.at,
    endedAt: ended?.at ?? null,
    durationMs: durationOf(run) ?? null,
    reasons: reasonsOf(run).map(worded),
    landed: commits,
    wouldLand: wouldLand(run).map(({ proposal }) => ({ proposal: proposal.id, title: proposal.title })),
    verdicts: verdicts.map(verdictJson),
    declined: declined.map(declinedJson),
    held: holds,
    models: modelRows(askedIn(run)),
    telemetry: telemetryOf(run),
    remaining: remaining.map(findingJson),
    checks: figuresOf(run),
  };
}

function reasonsOf({ ended }: ReportedRun): readonly Reason[] {
  return ended?.reasons ?? [];
}

function verdictJson({ at, verdict, proposal, reasons, evidence }: VerdictEntry): Record<string, unknown> {
  return { at, verdict, reasons: reasons.map(worded), evidence, proposal };
}

function declinedJson({ at, by, rung, findings, reason, cost }: DeclinedEntry): Record<string, unknown> {
  return { at, by, rung, findings: findings.map(findingJson), reason: worded(reason), cost: cost ?? null };
}

/** A finding without the fixes that its tool offered, which can be large. */
export function findingJson({ key, by, rule, category, message, at, confidence }: RecordedFinding): Record<string, unknown> {
  return { key, by, rule, category, message, at, confidence };
}
