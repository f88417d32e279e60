/**
 * What a run's repairs cost and what survived them (capability C6), from the record of every decision: figures for programs,
 * and two runs side by side.
 */
import type { RecordedFinding } from "../domain/entry.ts";
import { duration, table } from "./layout.ts";
import { modelRows } from "./models.ts";
import type { Paint } from "./paint.ts";
import { askedIn } from "./asked.ts";
import { durationOf, type ReportedRun } from "./run.ts";
import { attemptsIn, stepsOf, type Attempt, type Step } from "./steps.ts";

export interface Telemetry {
  /** Findings by category, before and after; before is only known of a run that came to its end. */
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  /** What remains, by the highest rung that was tried on it; `none` where nobody had anything to offer. */
  readonly survivedRung: Readonly<Record<string, number>>;
  /** Proposals that were tried or refused, and questions that came to no proposal. */
  readonly attempts: number;
  readonly landed: number;
  /** Landed of attempts, 0 to 1; null where there was none. */
  readonly successRate: number | null;
  readonly modelCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where nothing has a known price. */
  readonly usd: number | null;
  /** Over all that landed, whoever proposed it. */
  readonly usdPerLandedFix: number | null;
  /** Over what models proposed and landed. */
  readonly usdOfModels: number | null;
  /** Whole checks that were run, by the check that was run most; null where that was not recorded. */
  readonly checks: number | null;
  readonly checksPerLandedFix: number | null;
  readonly durationMs: number | null;
  /** The ladder, lowest rung first. */
  readonly steps: readonly Step[];
  readonly attemptsMade: readonly Attempt[];
}

export function telemetryOf(run: ReportedRun): Telemetry {
  const asked = askedIn(run);
  const tried = asked.filter(({ outcome }) => outcome !== "answered").length;
  const landed = asked.filter(({ outcome }) => outcome === "landed").length;
  const models = modelRows(asked);
  const sum = (part: "requests" | "inputTokens" | "outputTokens"): number => models.reduce((total, row) => total + row[part], 0);
  const priced = models.flatMap(({ usd }) => (usd === undefined ? [] : [usd]));
  const usd = priced.length > 0 ? priced.reduce((total, one) => total + one, 0) : null;
  const ran = Object.values(run.ended?.checks ?? {});
  const checks = run.ended?.checks ? Math.max(0, ...ran) : null;
  const byModels = models.reduce((total, row) => total + row.landed, 0);
  const attemptsMade = attemptsIn(run);
  const per = (total: number | null): number | null => (total === null || landed === 0 ? null : total / landed);
  return {
    ...{ before: run.found ?? {}, after: byCategory(run.remaining), survivedRung: survivors(run) },
    ...{ attempts: tried, landed, successRate: tried === 0 ? null : landed / tried },
    ...{ modelCalls: sum("requests"), inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") },
    usdOfModels: usd === null || byModels === 0 ? null : usd / byModels,
    ...{ usd, usdPerLandedFix: per(usd), checks, checksPerLandedFix: per(checks), durationMs: durationOf(run) ?? null },
    ...{ steps: stepsOf(attemptsMade), attemptsMade },
  };
}

function byCategory(findings: readonly RecordedFinding[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(findings, ({ category }) => category)].map(([category, group]) => [category, group.length]));
}

function survivors({ remaining, verdicts, declined }: ReportedRun): Record<string, number> {
  const highest = new Map<string, number>();
  const tried = [...verdicts.map(({ proposal }) => proposal), ...declined];
  for (const { rung, findings } of tried) for (const { key } of findings) highest.set(key, Math.max(rung, highest.get(key) ?? 0));
  const rungs = remaining.map(({ key }) => (highest.has(key) ? String(highest.get(key)) : "none"));
  return Object.fromEntries([...Map.groupBy(rungs, (rung) => rung)].map(([rung, group]) => [rung, group.length]));
}

/** `run` beside an earlier one, with what changed. */
export function compareLines(run: ReportedRun, baseline: ReportedRun, paint: Paint): string[] {
  const [now, then] = [telemetryOf(run), telemetryOf(baseline)];
  const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, one) => sum + one, 0);
  const rows: (readonly [string, number | null, number | null, (value: number) => string])[] = [
    ["findings before", total(then.before), total(now.before), String],
    ["findings after", total(then.after), total(now.after), String],
    ...[...new Set([...Object.keys(then.after), ...Object.keys(now.after)])].map(
      (category) => [`  ${category.replaceAll("_", " ")}`, then.after[category] ?? 0, now.after[category] ?? 0, String] as const,
    ),
    ["attempts", then.attempts, now.attempts, String],
    ["landed", then.landed, now.landed, String],
    ["success rate", then.successRate, now.successRate, (value) => `${Math.round(value * 100)} %`],
    ["model calls", then.modelCalls, now.modelCalls, String],
    ["tokens", then.inputTokens + then.outputTokens, now.inputTokens + now.outputTokens, String],
    ["cost", then.usd, now.usd, dollars],
    ["cost per landed fix", then.usdPerLandedFix, now.usdPerLandedFix, dollars],
    ["checks", then.checks, now.checks, String],
    ["checks per landed fix", then.checksPerLandedFix, now.checksPerLandedFix, (value) => value.toFixed(3)],
    ["time", then.durationMs, now.durationMs, duration],
  ];
  const shown = (value: number | null, say: (value: number) => string): string => (value === null ? "unknown" : say(value));
  return [
    paint("bold", `Run ${run.start.run} beside ${baseline.start.run}`),
    ...table([["", "before", "now", "change"], ...rows.map(([name, before, after, say]) => [name, shown(before, say), shown(after, say), change(before, after)])]),
  ];
}

function dollars(value: number): string {
  return `$${value.toFixed(4)}`;
}

/** `-25 %`; empty where nothing changed or nothing can be said. */
function change(before: number | null, after: number | null): string {
  if (before === null || after === null || before === after) return "";
  if (before === 0) return "new";
  const percent = Math.round(((after - before) / before) * 100);
  return `${percent > 0 ? "+" : ""}${percent} %`;
}
