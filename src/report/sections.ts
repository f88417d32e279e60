/** The parts that summaries and reports are made of, as lines of text. An empty part has no lines. */
import type { LandedCommit, RecordedFinding } from "../domain/entry.ts";
import type { Evidence, VerdictKind } from "../domain/verdict.ts";
import type { Decision, Group, Struck } from "./decisions.ts";
import { evidenceLine } from "./evidence.ts";
import { count, duration, list, shortId, shortRef, table } from "./layout.ts";
import type { Paint, Style } from "./paint.ts";
import { oneLine } from "./plain.ts";
import { placeOf, remainsOf } from "./remaining.ts";
import { sentence } from "./sentences.ts";

/** How much of a list is shown, and where the rest is told. */
export interface Bound {
  readonly max: number;
  readonly rest: string;
}

const STYLES: Readonly<Record<VerdictKind, Style>> = { better: "green", same: "yellow", worse: "red", unclear: "yellow", refused: "yellow" };

export function commitLines(commits: readonly LandedCommit[], bound: Bound, paint: Paint): string[] {
  const lines = commits.map(({ commit, title }) => `  ${paint("yellow", shortId(commit))}  ${oneLine(title, 100)}`);
  return bounded(lines, bound);
}

export function bounded(lines: readonly string[], { max, rest }: Bound): string[] {
  return lines.length > max ? [...lines.slice(0, max), `  and ${lines.length - max} more: ${rest}`] : [...lines];
}

/** Why things did not land, with `examples` of each reason. */
export function struckLines({ groups, count: number, unneeded }: Struck, bound: Bound, paint: Paint, examples = 1): string[] {
  const width = Math.max(0, ...groups.map(headWidth));
  const lines = groups.slice(0, bound.max).flatMap((group) => groupLines(group, width, examples, paint));
  const more = groups.length > bound.max ? [`  and ${groups.length - bound.max} more reasons: ${bound.rest}`] : [];
  const all = [paint("bold", `Did not land: ${count(number, "proposal")}`), ...lines, ...more];
  return [...(number > 0 ? all : []), ...unneededLines(unneeded)];
}

/** Of proposals whose findings another one settled. */
export function unneededLines(number: number): string[] {
  const what = number === 1 ? "was not needed: its findings went away" : "were not needed: their findings went away";
  return number === 0 ? [] : [`${count(number, "other proposal")} ${what} without.`];
}

function head({ kind, decisions }: Group): string {
  return `${decisions.length} × ${kind}`;
}

function headWidth(group: Group): number {
  return head(group).length;
}

function groupLines(group: Group, width: number, examples: number, paint: Paint): string[] {
  const { kind, decisions } = group;
  const why = whyOf(decisions[0]);
  const indent = " ".repeat(width + 4);
  const shown = decisions.slice(0, examples).map((one, index) => {
    const also = index > 0 && whyOf(one) !== why ? `: ${whyOf(one)}` : "";
    const example = decisions.length > examples && index === 0 ? "e.g. " : "";
    return paint("dim", `${indent}${example}${titleWithPlace(one)}${also}`);
  });
  return [`  ${paint(STYLES[kind], head(group).padEnd(width))}  ${why}`, ...shown];
}

/** The first reason's sentence. A verdict without any was green, and only its landing failed. */
export function whyOf({ reasons: [first] }: Decision): string {
  return first ? sentence(first) : "It was green, but its branch could not be moved.";
}

function titleWithPlace({ proposal: { title, findings } }: Decision): string {
  const [finding] = findings;
  const text = oneLine(title, 120);
  if (!finding?.at) return text;
  return text.includes(oneLine(finding.at.file, 120)) ? `${text} (line ${finding.at.line})` : `${text} (${placeOf(finding)})`;
}

export function remainingLines(findings: readonly RecordedFinding[], paint: Paint): string[] {
  if (findings.length === 0) return [];
  const rows = remainsOf(findings).map(({ category, count: number, rules, example }) => [
    category, number, rules, example === "" ? "" : paint("dim", `e.g. ${example}`),
  ]);
  return [paint("bold", `${findings.length === 1 ? "Remains" : "Remain"}: ${count(findings.length, "finding")}`), ...table(rows)];
}

export function figureLines(figures: readonly Evidence[], paint: Paint): string[] {
  if (figures.length === 0) return [];
  return [paint("bold", "Checks"), ...table(figures.map((one) => [oneLine(one.check, 60), evidenceLine(one)]))];
}

/** `Ran 12 checks in 34 s: tsc 8, vitest 4.` */
export function effortLine(checksRun: Readonly<Record<string, number>>, durationMs: number): string {
  const each = Object.entries(checksRun).filter(([, times]) => times > 0);
  const total = each.reduce((sum, [, times]) => sum + times, 0);
  const took = duration(durationMs);
  if (total === 0) return `Took ${took}; every reading was known from before.`;
  return `Ran ${count(total, "check")} in ${took}: ${list(each.map(([name, times]) => `${oneLine(name, 60)} ${times}`), 10)}.`;
}

/** The one command that takes the commits. A fast-forward is only possible where HEAD is the base. */
export function takeLines(branch: string, base: string, headIsBase: boolean, paint: Paint): string[] {
  const name = shortRef(branch);
  const command = headIsBase ? `git merge --ff-only ${name}` : `git cherry-pick ${base.slice(0, 12)}..${name}`;
  return [`Take the commits:`, `  ${paint("bold", command)}`];
}

/** Parts one below the other, an empty line between them. */
export function joined(...sections: readonly (readonly string[])[]): string {
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
