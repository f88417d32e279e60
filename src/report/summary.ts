/**
 * What a run says at its end, for the person who started it: what landed, what did not and why, what remains, and last
 * of all the one command that takes the commits. Lists are bounded; `stet report` tells the rest.
 */
import type { LandedCommit } from "../domain/entry.ts";
import type { Finding } from "../domain/finding.ts";
import type { Declined } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Reading } from "../domain/reading.ts";
import type { Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { subject } from "./commit-message.ts";
import { struckOf } from "./decisions.ts";
import { figures } from "./evidence.ts";
import { count, shortId, shortRef } from "./layout.ts";
import type { AskedOnce } from "./asked.ts";
import { hintLines, modelLines } from "./model-lines.ts";
import { modelRows } from "./models.ts";
import type { Paint } from "./paint.ts";
import { keptLines, partLines } from "./parts.ts";
import { oneLine } from "./plain.ts";
import * as section from "./sections.ts";
import { sentence } from "./sentences.ts";
import { unenforcedList } from "./wording/runs.ts";

/** What every summary needs to know. */
export interface RunFacts {
  readonly run: string;
  /** The full ref. */
  readonly branch: string;
  /** Null where nothing has landed. */
  readonly tip: string | null;
  readonly base: string;
  readonly headIsBase: boolean;
  readonly dryRun: boolean;
  readonly commits: readonly LandedCommit[];
  /** How often each check really ran, by name. */
  readonly checksRun: Readonly<Record<string, number>>;
  readonly durationMs: number;
  /** Why the run ended before it was through. */
  readonly halted?: Reason;
  /** What models may be asked; empty where none was named. */
  readonly models?: readonly string[];
  /** Codes of what the machine could not enforce. */
  readonly unenforced?: readonly string[];
}

export interface RepairFacts extends RunFacts {
  readonly verdicts: readonly Verdict[];
  readonly declined?: readonly Declined[];
  readonly landed: readonly Proposal[];
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly readings: readonly Reading[];
}

export interface TryFacts extends RunFacts {
  readonly argv: readonly string[];
  readonly toolExitCode: number;
  readonly changedFiles: number;
  readonly kept: readonly Proposal[];
  readonly struck: readonly Verdict[];
}

const MAX_COMMITS = 20;
const MAX_REASONS = 8;

export function repairSummary(facts: RepairFacts, paint: Paint): string {
  const { verdicts, landed, after, before, readings } = facts;
  const struck = struckOf(verdicts, new Set(landed.map(({ id }) => id)), after);
  return section.joined(
    landedLines(facts, paint),
    section.struckLines(struck, bound(facts, MAX_REASONS), paint),
    [...section.remainingLines(after, paint), ...hintLines(facts.models ?? ["unknown"], after.length)],
    modelLines(modelRows(asked(facts)), paint),
    section.figureLines(figures(before, after, readings), paint),
    ending(facts, paint),
    take(facts, paint),
  );
}

export function trySummary(facts: TryFacts, paint: Paint): string {
  const { argv, toolExitCode, changedFiles, kept, struck } = facts;
  const tool = oneLine(argv.join(" "), 100);
  const ended = toolExitCode === 0 ? "" : ` (it ended with exit code ${toolExitCode})`;
  const changed = changedFiles === 0 ? "changed nothing" : `changed ${count(changedFiles, "file")}`;
  return section.joined(
    [`\`${tool}\` ${changed}${ended}.`],
    keptLines(kept, keptHeading(facts), bound(facts, MAX_COMMITS), paint),
    partLines(struck, bound(facts, MAX_COMMITS), paint),
    ending(facts, paint),
    take(facts, paint),
  );
}

function asked({ verdicts, declined = [], landed }: RepairFacts): AskedOnce[] {
  const ids = new Set(landed.map(({ id }) => id));
  return [
    ...verdicts.map(({ proposal }) => ({ ...proposal, outcome: ids.has(proposal.id) ? ("landed" as const) : ("struck" as const) })),
    ...declined.map((one) => ({ ...one, outcome: "declined" as const })),
  ];
}

function bound({ run }: RunFacts, max: number): section.Bound {
  return { max, rest: `stet report ${run}` };
}

function landedLines(facts: RepairFacts, paint: Paint): string[] {
  const { before, verdicts } = facts;
  const landed = commitHeading(facts, paint);
  if (landed) return landed;
  if (before.length === 0) return ["Nothing to repair: the checks find nothing."];
  if (verdicts.length > 0) return ["Nothing landed."];
  return [`Nothing landed: there is no fix on offer for ${before.length === 1 ? "the finding that stands" : "any of the findings"}.`];
}

/** What landed, or would have; undefined where that is nothing. */
export function commitHeading(facts: RunFacts & { readonly landed: readonly Proposal[] }, paint: Paint): string[] | undefined {
  const { branch, dryRun, commits, landed } = facts;
  if (dryRun && landed.length > 0) {
    const titles = landed.map((proposal) => `  ${subject(proposal)}`);
    const heading = paint("green", `Would land ${count(landed.length, "commit")}`);
    return [`${heading} (dry run: nothing was written to git)`, ...section.bounded(titles, bound(facts, MAX_COMMITS))];
  }
  if (commits.length > 0) {
    const heading = `${paint("green", `Landed ${count(commits.length, "commit")}`)} on ${shortRef(branch)}`;
    return [heading, ...section.commitLines(commits, bound(facts, MAX_COMMITS), paint)];
  }
  return undefined;
}

function keptHeading({ kept, dryRun, commits: [commit], branch }: TryFacts): string {
  if (dryRun) return `Would keep ${count(kept.length, "part")} (dry run: nothing was written to git)`;
  const where = commit ? `, landed as ${shortId(commit.commit)} on ${shortRef(branch)}` : "";
  return `Kept ${count(kept.length, "part")}${where}`;
}

export function ending({ checksRun, durationMs, halted, unenforced = [] }: RunFacts, paint: Paint): string[] {
  return [
    section.effortLine(checksRun, durationMs),
    ...(unenforced.length > 0 ? [`Containment is not complete on this machine: ${unenforcedList(unenforced)}.`] : []),
    ...(halted ? [paint("red", `Stopped early: ${sentence(halted)}`)] : []),
  ];
}

export function take({ tip, commits, branch, base, headIsBase }: RunFacts, paint: Paint): string[] {
  return tip === null || commits.length === 0 ? [] : section.takeLines(branch, base, headIsBase, paint);
}
