/**
 * A run as Markdown, for a pull request or a wiki. Text from tools can form no markup, no mention and no reference to
 * an issue there.
 */
import { subject } from "./commit-message.ts";
import type { Group } from "./decisions.ts";
import { heldLines } from "./held.ts";
import { evidenceLine } from "./evidence.ts";
import { inert } from "./inert.ts";
import { count, duration, shortId, shortRef, timeOf } from "./layout.ts";
import { modelLines } from "./model-lines.ts";
import { modelRows } from "./models.ts";
import { noPaint } from "./paint.ts";
import { oneLine } from "./plain.ts";
import { remainsOf } from "./remaining.ts";
import { askedIn } from "./asked.ts";
import { durationOf, figuresOf, statusOf, struckIn, wouldLand, type ReportedRun } from "./run.ts";
import { unneededLines, whyOf } from "./sections.ts";
import { sentence } from "./sentences.ts";
import { telemetryLines } from "./telemetry-lines.ts";

const MAX_ITEMS = 100;
const MAX_EXAMPLES = 5;

export function runMarkdown(run: ReportedRun): string {
  const { start, commits, remaining } = run;
  const { groups, unneeded } = struckIn(run);
  const sections = [
    [`# stet ${escaped(start.command)}: run ${code(start.run)}`],
    facts(run),
    titled("Landed", bounded(commits.map(({ commit, title }) => `- ${code(shortId(commit))} ${escaped(title)}`))),
    titled("Would land", bounded(wouldLand(run).map(({ proposal }) => `- ${escaped(subject(proposal))}`))),
    titled("Held for a person", bounded(heldLines(run.holds ?? [], { max: MAX_ITEMS, rest: "" }, noPaint).slice(1).map((line) => `- ${escaped(line.trim())}`))),
    titled("Did not land", bounded(groups.flatMap(groupItems))),
    unneededLines(unneeded),
    remaining.length === 0 ? [] : titled(`Remaining: ${count(remaining.length, "finding")}`, remainsTable(run)),
    titled("Models", modelLines(modelRows(askedIn(run)), noPaint).slice(1).map((line) => `- ${escaped(line.trim())}`)),
    titled("Figures", telemetryLines(run).map((line) => `- ${escaped(line)}`)),
    titled("Checks", figuresOf(run).map((one) => `- ${code(one.check)}: ${evidenceLine(one)}`)),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}

function facts(run: ReportedRun): string[] {
  const { start, ended, tip } = run;
  const took = durationOf(run);
  const status = statusOf(run);
  return [
    `- ${status === "open" ? "not ended yet" : status}${ended ? `, exit code ${ended.exitCode}` : ""}${start.dryRun ? ", dry run" : ""}`,
    `- started ${timeOf(start.at)}${took === undefined ? "" : `, took ${duration(took)}`}`,
    `- base ${code(shortId(start.base))}${tip === undefined ? "" : `, branch ${code(shortRef(start.branch))} at ${code(shortId(tip))}`}`,
    ...(ended?.reasons ?? []).map((reason) => `- ${escaped(sentence(reason))}`),
  ];
}

function groupItems({ kind, decisions }: Group): string[] {
  const examples = decisions.slice(0, MAX_EXAMPLES).map(({ proposal }) => `  - ${escaped(proposal.title)}`);
  const more = decisions.length - examples.length;
  return [`- **${decisions.length} × ${kind}**: ${escaped(whyOf(decisions[0]))}`, ...examples, ...(more > 0 ? [`  - and ${more} more`] : [])];
}

function remainsTable({ remaining }: ReportedRun): string[] {
  const rows = remainsOf(remaining).map(
    ({ category, count: number, rules, example }) => `| ${category} | ${number} | ${escaped(rules)} | ${escaped(example)} |`,
  );
  return ["| category | findings | rules | for example |", "|---|--:|---|---|", ...rows];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines];
}

function bounded(lines: readonly string[]): string[] {
  return lines.length > MAX_ITEMS ? [...lines.slice(0, MAX_ITEMS), `- and ${lines.length - MAX_ITEMS} more lines`] : [...lines];
}

/** Text as text: every character that Markdown or HTML acts on is escaped. */
export function escaped(text: string): string {
  return inert(text, 300).replace(/[\\`*_{}[\]<>()#+|~!&$^=-]/g, "\\$&").replace(/:(?=\/\/)/g, "&#58;");
}

/** A code span that its own text cannot end. */
export function code(text: string): string {
  const line = oneLine(text, 200);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}
