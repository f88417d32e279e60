/** The page's charts and tables: a recorded run's figures as rows, none of them counted twice. */
import { askedIn, type AskedOnce } from "../asked.ts";
import { count, duration, list } from "../layout.ts";
import { modelRows } from "../models.ts";
import { remainsOf } from "../remaining.ts";
import { durationOf, figuresOf, type ReportedRun } from "../run.ts";
import { telemetryOf } from "../telemetry.ts";
import { bars, legend, type Bar } from "./charts.ts";
import { element, tableOf } from "./markup.ts";
import { timeline, type Moment } from "./timeline.ts";

const BEFORE_AFTER = [{ label: "before", kind: "before" }, { label: "after", kind: "after" }];

/** By category where the run came to its end; by check as far as it was measured. */
export function findings(run: ReportedRun): string {
  const { before, after } = telemetryOf(run);
  const categories = run.found ? [...new Set([...Object.keys(before), ...Object.keys(after)])] : [];
  const charts = [
    ["by category", categories.map((category) => beforeAfter(category.replaceAll("_", " "), before[category] ?? 0, after[category] ?? 0))],
    ["by check", figuresOf(run).map((figure) => beforeAfter(figure.check, figure.before, figure.after))],
  ] as const;
  const drawn = charts.filter(([, rows]) => rows.length > 0).map(([by, rows]) => `${element("h3", {}, by)}${bars(`Findings before and after the run, ${by}`, rows)}`);
  return drawn.length === 0 ? "" : `${legend(BEFORE_AFTER)}${drawn.join("")}`;
}

function beforeAfter(label: string, before: number, after: number): Bar {
  const tracks = [[{ label: "before", value: before, kind: "before" }], [{ label: "after", value: after, kind: "after" }]];
  return { label, tracks, note: `${before} → ${after}` };
}

const OUTCOMES = ["landed", "struck", "declined"] as const;

/** A bar for each proposer, lowest rung first. */
export function attempts(run: ReportedRun): string {
  const groups = [...Map.groupBy(askedIn(run).filter(({ outcome }) => outcome !== "answered"), ({ by }) => by).values()].sort(([one], [other]) => (one?.rung ?? 0) - (other?.rung ?? 0));
  const rows = groups.map((group): Bar => {
    const parts = OUTCOMES.map((outcome) => ({ label: outcome, kind: outcome, value: group.filter((one) => one.outcome === outcome).length }));
    const [landed] = parts;
    const words = parts.filter(({ value }) => value > 0).map(({ label, value }) => `${value} ${label}`);
    return { label: nameOf(group), tracks: [parts], note: `${words.join(", ")} (${percent((landed?.value ?? 0) / group.length)})` };
  });
  return rows.length === 0 ? "" : `${legend(OUTCOMES.map((kind) => ({ label: kind, kind })))}${bars("What became of each proposer's proposals", rows)}`;
}

function nameOf([first]: readonly AskedOnce[]): string {
  return `${first?.by ?? ""} (rung ${first?.rung ?? 0})`;
}

/** What models cost: in dollars where all prices are known, else in tokens. */
export function cost(run: ReportedRun): string {
  const rows = modelRows(askedIn(run));
  if (rows.length === 0) return "";
  const isPriced = rows.every(({ usd }) => usd !== undefined);
  const drawn = rows.map(({ by, rung, inputTokens, outputTokens, usd, landed }): Bar => {
    const tokens = inputTokens + outputTokens;
    const part = { label: isPriced ? "dollars" : "tokens", value: isPriced ? (usd ?? 0) : tokens, kind: "cost" };
    const fix = usd === undefined || landed === 0 ? "" : `, ${dollars(usd / landed)} per landed fix`;
    return { label: `${by} (rung ${rung})`, tracks: [[part]], note: `${usd === undefined ? "price unknown" : dollars(usd)}, ${tokens} tokens${fix}` };
  });
  const cells = rows.map((row) => [
    ...[row.answeredBy.length === 0 ? row.by : `${row.by} (${list(row.answeredBy, 3)} stood in)`, row.asked, row.landed, row.struck, row.declined, row.requests, row.inputTokens, row.outputTokens, row.estimated],
    ...[row.usd === undefined ? "unknown" : dollars(row.usd), row.usd === undefined || row.landed === 0 ? "" : dollars(row.usd / row.landed)],
  ]);
  const head = ["rung", "asked", "landed", "struck", "declined", "calls", "tokens in", "tokens out", "calls estimated", "cost", "cost per landed fix"];
  return `${bars(`What models cost, in ${isPriced ? "dollars" : "tokens"}`, drawn)}${tableOf(head, cells)}`;
}

/** When was decided what. */
export function when(run: ReportedRun): string {
  const took = durationOf(run);
  if (took === undefined || took === 0) return "";
  const start = Date.parse(run.start.at);
  const at = (time: string): number => Math.min(1, Math.max(0, (Date.parse(time) - start) / took));
  const moments = [
    ...run.verdicts.map(({ at: time, verdict, proposal }): Moment => ({ at: at(time), kind: verdict, label: `${verdict}: ${proposal.title}` })),
    ...run.declined.map(({ at: time, by }): Moment => ({ at: at(time), kind: "declined", label: `declined by ${by}` })),
  ];
  return moments.length === 0 ? "" : timeline("Decisions over the time of the run", moments, duration(took));
}

/** What is left, and how far up the ladder it came. */
export function remaining(run: ReportedRun): string {
  const rows = remainsOf(run.remaining).map(({ category, count: number, rules, example }) => [category, number, rules, example]);
  if (rows.length === 0) return "";
  const rungs = Object.entries(telemetryOf(run).survivedRung).map(([rung, number]): Bar => {
    const label = rung === "none" ? "nothing was on offer" : `tried up to rung ${rung}`;
    return { label, tracks: [[{ label, value: number, kind: "before" }]], note: count(number, "finding") };
  });
  return `${bars("What remains, by the highest rung that was tried on it", rungs)}${tableOf(["category", "findings", "rules", "for example"], rows)}`;
}

/** The run's figures at a glance; what is not known is not there. */
export function glance(run: ReportedRun): [name: string, value: string][] {
  const { successRate, checks, checksPerLandedFix, usd, usdPerLandedFix, modelCalls } = telemetryOf(run);
  const all: [string, string | undefined][] = [
    ["success rate", successRate === null ? undefined : percent(successRate)],
    ["checks run", checks === null ? undefined : String(checks)],
    ["checks per landed fix", checksPerLandedFix?.toFixed(3)],
    ["model calls", modelCalls === 0 ? undefined : String(modelCalls)],
    ["cost", usd === null ? undefined : dollars(usd)],
    ["cost per landed fix", usdPerLandedFix === null ? undefined : dollars(usdPerLandedFix)],
  ];
  return all.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function dollars(value: number): string {
  return `$${value.toFixed(4)}`;
}
