/**
 * A run as one HTML file that needs nothing else: no script, no request, readable in light and dark, on a phone, on paper,
 * and by programs that read pages aloud. What it tells is what the ledger tells.
 */
import { isAccepted } from "../decisions.ts";
import { duration, list, shortId, shortRef, timeOf } from "../layout.ts";
import { resumeLine } from "../resume.ts";
import { decisionsOf, durationOf, statusOf, wouldLand, type ReportedRun } from "../run.ts";
import { sentence } from "../sentences.ts";
import { changes, type BaseTexts } from "./changes.ts";
import { attempts, cost, findings, glance, remaining, when } from "./figures.ts";
import { element, section, tableOf, text } from "./markup.ts";
import { STYLE } from "./style.ts";

/** `texts`: what stood in the files before, as far as it is at hand: with it changes are shown with the lines around them. */
export function runHtml(run: ReportedRun, texts: BaseTexts = new Map()): string {
  const title = `stet ${run.start.command}: run ${run.start.run}`;
  const struck = decisionsOf(run).filter((one) => !isAccepted(one));
  const body = [
    element("h1", {}, text(title)),
    facts(run),
    section("Findings before and after", findings(run)),
    section("What became of proposals", attempts(run)),
    section("Models", cost(run)),
    section("Timeline", when(run)),
    section("Remaining", remaining(run)),
    section("Landed", changes(landed(run), texts)),
    section("Did not land", changes(struck, texts)),
    section("Asked in vain", declined(run)),
  ];
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    // Even text that found a way out of its element could load and run nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    element("title", {}, text(title)),
    `<style>${STYLE}</style>`,
  ];
  return `<!doctype html>\n<html lang="en"><head>${head.join("")}</head><body><main>${body.join("\n")}</main></body></html>\n`;
}

/** Longer than this a fact takes two places. */
const WIDE = 30;

function facts(run: ReportedRun): string {
  const { start, ended, tip, commits, remaining: left } = run;
  const took = durationOf(run);
  const resume = resumeLine(run);
  const rows: [string, string][] = [
    ["status", `${statusOf(run)}${ended ? `, exit code ${ended.exitCode}` : ""}${start.dryRun ? ", dry run" : ""}`],
    [start.dryRun ? "would land" : "landed", String(start.dryRun ? wouldLand(run).length : commits.length)],
    ["remaining", String(left.length)],
    ...glance(run),
    ...(took === undefined ? [] : [["took", duration(took)] as [string, string]]),
    ["started", timeOf(start.at)],
    ["base", shortId(start.base)],
    ...(tip === undefined ? [] : [["branch", `${shortRef(start.branch)} at ${shortId(tip)}`] as [string, string]]),
  ];
  const tiles = rows.map(([name, value]) => element("div", value.length > WIDE ? { class: "wide" } : {}, `<dt>${text(name)}</dt><dd>${text(value)}</dd>`));
  const reasons = (ended?.reasons ?? []).map((one) => element("p", { class: "warning" }, text(sentence(one))));
  const goOn = resume === undefined ? "" : element("p", {}, `To go on with it: ${element("code", {}, text(resume))}`);
  return `<dl>${tiles.join("")}</dl>${reasons.join("")}${goOn}`;
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
  const rows = run.declined.map(({ by, findings: found, reason }) => [by, found.length, list([...new Set(found.flatMap(({ at }) => at?.file ?? []))], 3), sentence(reason)]);
  return rows.length === 0 ? "" : tableOf(["by", "findings", "files", "why"], rows);
}
