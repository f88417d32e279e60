/** What `stet review` says at its end: what was looked at and found, how far it is to be trusted, and what was left out. */
import type { Reason } from "../domain/reason.ts";
import { count, duration, table } from "./layout.ts";
import { worded } from "./json.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";
import * as section from "./sections.ts";
import { sentence } from "./sentences.ts";

export interface ReviewFacts {
  readonly reviews: readonly {
    readonly file: string;
    readonly written?: {
      readonly model: string;
      readonly trust?: { readonly average: number; readonly minimum: number; readonly tier: string };
      readonly findings: readonly { readonly line: number; readonly rule: string; readonly message: string; readonly confidence: number; readonly source: string; readonly outcomes?: number; readonly edits: readonly unknown[] }[];
    };
    readonly dropped: { readonly unquotable: number; readonly outside: number; readonly repeated: number; readonly edits: number; readonly broken: number };
    readonly isKept: boolean;
    readonly passed: readonly Reason[];
  }[];
  readonly left: readonly { readonly file: string; readonly reason: Reason }[];
  readonly spent?: { readonly requests: number; readonly inputTokens: number; readonly outputTokens: number };
  readonly durationMs: number;
}

const MAX_FINDINGS = 50;
const MAX_REASONS = 10;

export function reviewSummary(facts: ReviewFacts, paint: Paint): string {
  const { reviews } = facts;
  const found = reviews.flatMap(({ file, written }) => (written?.findings ?? []).map((one) => ({ file, tier: written?.trust?.tier ?? "", ...one })));
  const lines = found.flatMap(({ file, tier, line, rule, message, confidence, source, outcomes = 0, edits }) => [
    `  ${oneLine(file, 120)}:${line}  ${oneLine(rule, 60)}  ${paint("dim", `${confidence} % ${source === "earned" ? `earned here, n = ${outcomes}` : "by its own word"}, ${tier}${edits.length > 0 ? ", with a fix" : ""}`)}`,
    `    ${oneLine(message, 240)}`,
  ]);
  return section.joined(
    [headLine(facts)],
    found.length > 0 ? [paint("bold", `Found: ${count(found.length, "finding")}`), ...section.bounded(lines, { max: 2 * MAX_FINDINGS, rest: "--out <file>" })] : [],
    droppedLines(reviews),
    reasonLines("Asked in vain", reviews.flatMap(({ passed }) => passed), paint),
    reasonLines("Not reviewed", [...facts.left.map(({ reason }) => reason), ...reviews.filter(({ written }) => !written).flatMap(({ passed }) => passed.slice(-1))], paint),
    [endLine(facts)],
  );
}

function headLine({ reviews }: ReviewFacts): string {
  const done = reviews.filter(({ written }) => written);
  const kept = done.filter(({ isKept }) => isKept).length;
  return `Reviewed ${count(done.length, "file")}${kept > 0 ? `, ${kept} of them known from before` : ""}.`;
}

function droppedLines(reviews: ReviewFacts["reviews"]): string[] {
  const sum = (name: keyof ReviewFacts["reviews"][number]["dropped"]): number => reviews.reduce((all, { dropped }) => all + dropped[name], 0);
  const rows = [
    [sum("unquotable"), "quote code that is not there"],
    [sum("outside"), "are outside of what changed"],
    [sum("broken"), "cannot be read"],
    [sum("repeated"), "were said twice"],
    [sum("edits"), "keep their words only: their edits do not fit the file"],
  ] as const;
  const told = rows.filter(([number]) => number > 0);
  return told.length === 0 ? [] : ["Of what models said", ...table(told.map(([number, what]) => [String(number), what]))];
}

/** Each reason once, with how often. */
function reasonLines(title: string, reasons: readonly Reason[], paint: Paint): string[] {
  if (reasons.length === 0) return [];
  const groups = [...Map.groupBy(reasons, (one) => (one.code === "file-too-large" ? JSON.stringify(one) : `${one.by} ${one.code}`)).values()].sort((one, other) => other.length - one.length);
  const lines = groups.flatMap(([first, ...more]) => (first ? [`  ${1 + more.length} ×  ${sentence(first)}`] : []));
  return [paint("bold", `${title}: ${reasons.length}`), ...section.bounded(lines, { max: MAX_REASONS, rest: "--json" })];
}

function endLine({ spent, durationMs }: ReviewFacts): string {
  const calls = spent ? `${count(spent.requests, "call")}, ${spent.inputTokens + spent.outputTokens} tokens` : "no call of a model";
  return `Took ${duration(durationMs)}: ${calls}.`;
}

/** For programs. */
export function reviewJson({ reviews, left, spent, durationMs }: ReviewFacts): Record<string, unknown> {
  return {
    type: "review",
    files: reviews.map(({ passed, ...one }) => ({ ...one, passed: passed.map(worded) })),
    left: left.map(({ file, reason }) => ({ file, reason: worded(reason) })),
    spent: spent ?? null,
    durationMs,
  };
}
