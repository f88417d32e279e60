/** `stet report`: one run from the ledger, at length. */
import { subject } from "./commit-message.ts";
import { heldLines } from "./held.ts";
import { duration, shortId, shortRef, timeOf } from "./layout.ts";
import { modelLines } from "./model-lines.ts";
import { modelRows } from "./models.ts";
import type { Paint } from "./paint.ts";
import { oneLine, plain } from "./plain.ts";
import { askedIn } from "./asked.ts";
import { durationOf, figuresOf, statusOf, struckIn, wouldLand, type ReportedRun } from "./run.ts";
import * as section from "./sections.ts";
import { resumeLine } from "./resume.ts";
import { sentence } from "./sentences.ts";
import { telemetryLines } from "./telemetry-lines.ts";

const MAX_LINES = 200;
const EXAMPLES = 20;

export function runText(run: ReportedRun, paint: Paint): string {
  const bound = { max: MAX_LINES, rest: `stet report ${run.start.run} --json` };
  const figures = telemetryLines(run);
  const would = wouldLand(run).map(({ proposal }) => `  ${subject(proposal)}`);
  return section.joined(
    headLines(run, paint),
    run.commits.length > 0 ? [paint("bold", "Landed"), ...section.commitLines(run.commits, bound, paint)] : [],
    would.length > 0 ? [paint("bold", "Would land"), ...section.bounded(would, bound)] : [],
    heldLines(run.holds ?? [], bound, paint),
    section.struckLines(struckIn(run), bound, paint, EXAMPLES),
    section.remainingLines(run.remaining, paint),
    modelLines(modelRows(askedIn(run)), paint),
    section.figureLines(figuresOf(run), paint),
    figures.length > 0 ? [paint("bold", "Figures"), ...figures.map((line) => `  ${line}`)] : [],
  );
}

function headLines(run: ReportedRun, paint: Paint): string[] {
  const { start, ended, tip, undone } = run;
  const took = durationOf(run);
  const resume = resumeLine(run);
  return [
    `${paint("bold", `Run ${oneLine(start.run, 60)}`)}: stet ${oneLine(start.command, 60)}${start.dryRun ? " --dry-run" : ""}, ${statusLine(run)}`,
    `Started ${timeOf(start.at)}${took === undefined ? "" : `, took ${duration(took)}`}, from ${shortId(start.base)}`,
    ...(start.continues === undefined ? [] : [`Goes on with run ${oneLine(start.continues, 60)}`]),
    ...(tip === undefined ? [] : [`Branch ${plain(shortRef(start.branch))} at ${shortId(tip)}`]),
    ...(undone ? [`What it landed was taken back by stet undo.`] : []),
    ...(ended?.reasons ?? []).map(sentence),
    ...(resume === undefined ? [] : [`To go on with it: ${resume}`]),
  ];
}

/** `finished with exit code 0`. */
function statusLine(run: ReportedRun): string {
  const status = statusOf(run);
  if (status === "open") return "not ended yet";
  return run.ended ? `${status}, exit code ${run.ended.exitCode}` : status;
}
