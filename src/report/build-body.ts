/**
 * A part's pull request: the chunks with where they come from and what they wait for, what the checks said of each, what it
 * cost, and the ledger's lines. All of it from the record; a figure that nobody has is `n/a`.
 */
import type { RecordedFinding } from "../domain/entry.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import type { Evidence } from "../domain/verdict.ts";
import { coverageText, evidenceLine } from "./evidence.ts";
import { inert } from "./inert.ts";
import { count, shortId, shortRef } from "./layout.ts";
import { code, escaped } from "./markdown.ts";
import type { ReportedRun } from "./run.ts";

export interface PartBody {
  readonly state: ReportedRun;
  readonly spec: Spec;
  readonly chunks: readonly Chunk[];
  /** From 1. */
  readonly number: number;
  /** The part that this one stands on. */
  readonly below?: { readonly ref: string; readonly url?: string | undefined };
  /** The part that stands on this one. */
  readonly above?: { readonly ref: string; readonly url?: string | undefined };
}

const NONE = "n/a";

export function partTitle({ name, title, number }: { readonly name: string; readonly title: string; readonly number: number }): string {
  return `[${inert(name, 40)}] ${inert(title, 100)}${number > 1 ? ` (part ${number})` : ""}`;
}

export function partBody(part: PartBody): string {
  const { state, spec, number, below, above } = part;
  const head = [`Built from ${code(spec.file)} by stet, part ${number}. Every commit was tried with the project's checks on the tree that it stands on.`];
  const links = [...(below ? [`Stands on ${linkTo(below)}.`] : []), ...(above ? [`Goes on in ${linkTo(above)}.`] : [])];
  const rows = state.commits.map(({ proposal, commit }) => chunkLines(part, proposal, commit));
  return [head, links, ["## Chunks", "", ...rows.flat()], ["## Checks", "", ...checkLines(state)], ["## Record", "", ...recordLines(state)]]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function linkTo({ ref, url }: { readonly ref: string; readonly url?: string | undefined }): string {
  return url === undefined ? code(shortRef(ref)) : url;
}

function chunkLines({ state, chunks, spec }: PartBody, proposal: string, commit: string): string[] {
  const verdict = state.verdicts.findLast((one) => one.proposal.id === proposal);
  const finding: RecordedFinding | undefined = verdict?.proposal.findings[0];
  const { rule: id = NONE, message = "", at } = finding ?? {};
  const waits = chunks.find((one) => one.id === id)?.dependencies ?? [];
  const waited = chunks.filter(({ dependencies }) => dependencies.includes(id)).map((one) => one.id);
  return [
    `- **${escaped(message)}** (${code(shortId(commit))})`,
    `  - ${code(`${spec.file}:${at?.line ?? 1}`)}, id ${code(id)}`,
    `  - waits for: ${idList(waits)}; waited for by: ${idList(waited)}`,
    `  - ${evidenceText(verdict?.evidence ?? [])}`,
  ];
}

function evidenceText(evidence: readonly Evidence[]): string {
  return evidence.length === 0 ? NONE : evidence.map((one) => `${code(one.check)} ${evidenceLine(one)}`).join("; ");
}

function idList(ids: readonly string[]): string {
  return ids.length === 0 ? NONE : ids.map(code).join(", ");
}

/** Of the last landing, which is what the branch stands at. */
function checkLines({ verdicts, commits }: ReportedRun): string[] {
  const last = verdicts.findLast(({ proposal }) => commits.some((one) => one.proposal === proposal.id));
  if (!last || last.evidence.length === 0) return [NONE];
  return last.evidence.map((one: Evidence) => `- ${code(one.check)}: ${one.passed === undefined ? NONE : count(one.passed, "test")} passed, ${count(one.after, "finding")}, coverage ${one.coverage ? coverageText(one.coverage) : NONE}`);
}

function recordLines({ start, verdicts, declined, asked = [], commits }: ReportedRun): string[] {
  const landed = new Set(commits.map(({ proposal }) => proposal));
  const costs = [...verdicts.map(({ proposal }) => proposal.cost), ...declined.map(({ cost }) => cost), ...asked.map(({ cost }) => cost)].flatMap((cost) => cost ?? []);
  const tokens = costs.reduce((sum, { inputTokens = 0, outputTokens = 0 }) => sum + inputTokens + outputTokens, 0);
  return [
    `- run ${code(start.run)}, base ${code(shortId(start.base))}, ${count(commits.length, "commit")}`,
    `- ${count(verdicts.filter(({ proposal }) => !landed.has(proposal.id)).length, "proposal")} did not land, ${count(declined.length, "attempt")} came to nothing`,
    `- tokens: ${tokens > 0 ? String(tokens) : NONE}`,
  ];
}
