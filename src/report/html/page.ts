/**
 * A run as one HTML file that needs nothing else: no script, no request, readable in light and dark, on paper, and by
 * programs that read pages aloud. What it tells is what the ledger tells.
 */
import { duration, list, shortId, shortRef, timeOf } from "../layout.ts";
import { modelRows } from "../models.ts";
import { remainsOf } from "../remaining.ts";
import { askedIn } from "../asked.ts";
import { decisionsOf, durationOf, figuresOf, statusOf, wouldLand, type ReportedRun } from "../run.ts";
import { isAccepted } from "../decisions.ts";
import { sentence } from "../sentences.ts";
import { changes } from "./changes.ts";
import { bars, timeline, type Bar, type Moment } from "./charts.ts";
import { element, section, tableOf, text } from "./markup.ts";
import { STYLE } from "./style.ts";

export function runHtml(run: ReportedRun): string {
  const title = `stet ${run.start.command}: run ${run.start.run}`;
  const body = [
    element("h1", {}, text(title)),
    facts(run),
    section("Findings before and after", findings(run)),
    section("What became of proposals", attempts(run)),
    section("Models", models(run)),
    section("When", when(run)),
    section("Remaining", remaining(run)),
    section("Landed", changes(landed(run))),
    section("Did not land", changes(decisionsOf(run).filter((one) => !isAccepted(one)))),
    section("Asked in vain", declined(run)),
  ];
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Even text that found a way out of its element could load and run nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    element("title", {}, text(title)),
    `<style>${STYLE}</style>`,
  ];
  return `<!doctype html>\n<html lang="en"><head>${head.join("")}</head><body><main>${body.join("\n")}</main></body></html>\n`;
}

function facts(run: ReportedRun): string {
  const { start, ended, tip, commits, remaining: left } = run;
  const took = durationOf(run);
  const rows = [
    ["status", `${statusOf(run)}${ended ? `, exit code ${ended.exitCode}` : ""}${start.dryRun ? ", dry run" : ""}`],
    ["started", timeOf(start.at)],
    ...(took === undefined ? [] : [["took", duration(took)]]),
    ["base", shortId(start.base)],
    ...(tip === undefined ? [] : [["branch", `${shortRef(start.branch)} at ${shortId(tip)}`]]),
    ["landed", String(start.dryRun ? wouldLand(run).length : commits.length)],
    ["remaining", String(left.length)],
  ];
  const list_ = rows.map(([name = "", value = ""]) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`);
  const reasons = (ended?.reasons ?? []).map((one) => element("p", { class: "warning" }, text(sentence(one))));
  return `<dl>${list_.join("")}</dl>${reasons.join("")}`;
}

function findings(run: ReportedRun): string {
  const rows = figuresOf(run).flatMap(({ check, before, after }): Bar[] => [
    { label: `${check}, before`, parts: [{ label: "findings", value: before, kind: "before" }] },
    { label: `${check}, after`, parts: [{ label: "findings", value: after, kind: "after" }] },
  ]);
  return rows.length === 0 ? "" : bars("Findings of each check before and after the run", rows);
}

const OUTCOMES = ["landed", "struck", "declined"] as const;

/** A bar for each proposer, lowest rung first. */
function attempts(run: ReportedRun): string {
  const groups = [...Map.groupBy(askedIn(run), ({ by }) => by).values()].sort(([one], [other]) => (one?.rung ?? 0) - (other?.rung ?? 0));
  const rows = groups.map((group): Bar => {
    const parts = OUTCOMES.map((outcome) => ({ label: outcome, kind: outcome, value: group.filter((one) => one.outcome === outcome).length }));
    return { label: `${group[0]?.by ?? ""} (rung ${group[0]?.rung ?? 0})`, parts };
  });
  return rows.length === 0 ? "" : bars("What became of each proposer's proposals", rows);
}

function models(run: ReportedRun): string {
  const rows = modelRows(askedIn(run));
  if (rows.length === 0) return "";
  const cells = rows.map((row) => [
    ...[row.by, row.asked, row.landed, row.struck, row.declined, row.requests, row.inputTokens, row.outputTokens],
    ...[row.usd === undefined ? "unknown" : `$${row.usd.toFixed(4)}`, perLanded(row.usd, row.landed)],
  ]);
  return tableOf(["rung", "asked", "landed", "struck", "declined", "calls", "tokens in", "tokens out", "cost", "cost per landed fix"], cells);
}

function perLanded(usd: number | undefined, landedCount: number): string {
  return usd === undefined || landedCount === 0 ? "" : `$${(usd / landedCount).toFixed(4)}`;
}

function when(run: ReportedRun): string {
  const took = durationOf(run);
  if (took === undefined || took === 0 || run.verdicts.length === 0) return "";
  const start = Date.parse(run.start.at);
  const moments = run.verdicts.map(({ at, verdict, proposal }): Moment => {
    return { at: Math.min(1, Math.max(0, (Date.parse(at) - start) / took)), kind: verdict, label: `${timeOf(at)} ${verdict}: ${proposal.title}` };
  });
  return timeline("Decisions over the time of the run", moments, duration(took));
}

function remaining(run: ReportedRun): string {
  const rows = remainsOf(run.remaining).map(({ category, count, rules, example }) => [category, count, rules, example]);
  return rows.length === 0 ? "" : tableOf(["category", "findings", "rules", "for example"], rows);
}

function landed(run: ReportedRun): Parameters<typeof changes>[0] {
  const commits = new Map(run.commits.map(({ proposal, commit }) => [proposal, commit]));
  const taken = decisionsOf(run).filter((one) => isAccepted(one) && (run.start.dryRun || commits.has(one.proposal.id)));
  return taken.map((one) => {
    const commit = commits.get(one.proposal.id);
    return commit === undefined ? one : { ...one, mark: shortId(commit) };
  });
}

function declined(run: ReportedRun): string {
  const rows = run.declined.map(({ by, findings: found, reason }) => [by, found.length, list([...new Set(found.map(({ at }) => at?.file ?? ""))], 3), sentence(reason)]);
  return rows.length === 0 ? "" : tableOf(["by", "findings", "files", "why"], rows);
}
