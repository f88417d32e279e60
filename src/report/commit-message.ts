/**
 * The message of a commit that stet lands: what was fixed and what was measured, all of it from the proposal and its
 * evidence. Claims nothing that was not measured. Every line with text from outside begins with words of stet's own and
 * goes through `inert`, so that the last paragraph holds stet's two trailers and nothing else.
 */
import { filesOf, type Proposal } from "../domain/proposal.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { RecordedFinding } from "../domain/entry.ts";
import { evidenceLine } from "./evidence.ts";
import { inert } from "./inert.ts";
import { count } from "./layout.ts";
import { quoted } from "./quoted.ts";

export interface CommitFacts {
  readonly proposal: Proposal;
  /** The run's id. */
  readonly run: string;
  readonly evidence: readonly Evidence[];
  /** Whether no check sees what it settles: that nothing got worse is all that was measured. */
  readonly unverified?: boolean;
  /** What it was measured on: this commit `alone`, this one as the `tip` of several, or the tip `above` it. */
  readonly measured: keyof typeof MEASURED;
  /** stet's own. */
  readonly version?: string;
}

/** What git and forges show whole. */
const MAX_SUBJECT = 72;
const MAX_LINE = 160;
const MAX_LISTED = 10;
const MAX_RATIONALE_LINES = 5;

/** Only the commit that was measured itself is called green without a word more. */
const MEASURED = {
  alone: "Green, measured on this commit against its parent:",
  tip: "Green, measured on this commit against the start of its round:",
  above: "Green at the tip of its round, measured there against the round's start:",
};

const UNVERIFIED = "Unverified by a check of its own: no check sees what this settles, only that nothing got worse.";

export function commitMessage({ proposal, run, evidence, measured, unverified = false, version }: CommitFacts): string {
  const paragraphs = [
    [subject(proposal)],
    changes(proposal),
    [...(unverified ? [UNVERIFIED] : []), ...figureLines(evidence, measured)],
    statedLines(proposal),
    [`Proposed by ${inert(proposal.by, 60)}, tried and landed by stet${version ? ` ${inert(version, 30)}` : ""}. Hooks were not run.`],
    [`Stet-Run: ${identifier(run)}`, `Stet-Proposal: ${identifier(proposal.id)}`],
  ];
  return `${paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Why it was suggested, as whoever did it says; no verdict rests on that. */
function statedLines({ stated: { rationale = "", confidence } = {} }: Proposal): string[] {
  const sure = confidence === undefined ? [] : [`Confidence that was stated, and not measured: ${Math.round(confidence)} of 100.`];
  return [...quoted("Why, in the words of whoever suggested it, which nothing here rests on:", rationale, MAX_RATIONALE_LINES), ...sure];
}

/** `Fix TS6133 in src/a.ts: Remove unused 'x'`, or the number of findings where there are several. */
export function subject({ findings, title, by, edits }: Omit<Proposal, "findings"> & { readonly findings: readonly RecordedFinding[] }): string {
  if (findings.length === 0) return firstWords(title) || inert(`Change ${place(filesOf(edits))} by ${by}`, MAX_SUBJECT);
  if (findings.length === 1 && title.startsWith(`${findings[0]?.rule ?? ""} `)) return inert(`Fix ${title}`, MAX_SUBJECT);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const what = rules.length > 1 ? count(rules.length, "rule") : inert(rules[0] ?? "", 40);
  const settled = `: ${count(findings.length, "finding")}`;
  const where = place(filesOf(edits), MAX_SUBJECT - `Fix ${what} in ${settled}`.length);
  return inert(`Fix ${what} in ${where}${settled}`, MAX_SUBJECT);
}

/** Git drops a first line that looks like a comment when somebody edits the message. */
function firstWords(title: string): string {
  return inert(title.replace(/^[\s#-]+/, ""), MAX_SUBJECT);
}

/** The file, its end where it is long, or how many there are. */
function place(files: readonly string[], max = 40): string {
  const [only = ""] = files;
  if (files.length !== 1) return count(files.length, "file");
  const points = Array.from(inert(only, 300));
  return points.length > max ? `…${points.slice(1 - max).join("")}` : points.join("");
}

function changes({ findings, edits }: Proposal): string[] {
  if (findings.length > 0) return listed("Fixed:", findings.map(describe));
  return listed("Changed:", filesOf(edits));
}

function describe({ rule, at, message }: RecordedFinding): string {
  return at ? `${rule} ${at.file}:${at.line}: ${message}` : `${rule}: ${message}`;
}

export function listed(heading: string, items: readonly string[]): string[] {
  const lines = items.slice(0, MAX_LISTED).map((item) => `- ${inert(item, MAX_LINE)}`);
  const more = items.length - lines.length;
  return [heading, ...lines, ...(more > 0 ? [`- and ${more} more`] : [])];
}

/** What was measured, and on what. */
export function figureLines(evidence: readonly Evidence[], measured: CommitFacts["measured"]): string[] {
  if (evidence.length === 0) return [];
  const lines = evidence.map((one) => `- ${inert(`${one.check}: ${evidenceLine(one)}`, MAX_LINE)}`);
  return [MEASURED[measured], ...lines];
}

/** Ids are stet's own; held to letters, digits and hyphens all the same, since a trailer is read by programs. */
export function identifier(id: string): string {
  return id.replace(/[^\w.-]/g, "").slice(0, 80);
}
