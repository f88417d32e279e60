/** All runs at a glance, and what is said when one is taken back. */
import { shortId, shortRef, table, timeOf } from "./layout.ts";
import { plain } from "./plain.ts";
import { resumeLine } from "./resume.ts";
import { statusOf, wouldLand, type ReportedRun } from "./run.ts";

/** Newest last, where the eye is after a command. */
export function runsTable(runs: readonly ReportedRun[]): string {
  if (runs.length === 0) return "No runs yet: stet repair makes one.";
  const rows = runs.map((run) => [
    plain(run.start.run),
    timeOf(run.start.at),
    plain(run.start.command),
    statusOf(run),
    landed(run),
    run.remaining.length > 0 ? `${run.remaining.length} remain` : "",
    run.tip === undefined ? "" : plain(shortRef(run.start.branch)),
  ]);
  return [...table(rows, ""), ...resumeLines(runs)].join("\n");
}

/** How to go on with the last run, where it did not come to its end. */
function resumeLines(runs: readonly ReportedRun[]): string[] {
  const [last] = runs.slice(-1);
  const line = last && resumeLine(last);
  const still = last?.ended ? "" : ", if it is not at work any more";
  return line === undefined ? [] : ["", `To go on with the last one${still}: ${line}`];
}

function landed(run: ReportedRun): string {
  return run.start.dryRun ? `${wouldLand(run).length} would land` : `${run.commits.length} landed`;
}

/** After `stet undo`: `before` is where the branch stands now, null where it is gone. */
export function undone(run: string, branch: string, before: string | null): string {
  const now = before === null ? "is gone" : `stands at ${shortId(before)} again`;
  return `Took back run ${plain(run)}: ${plain(shortRef(branch))} ${now}.`;
}
