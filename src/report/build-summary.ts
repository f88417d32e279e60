/** What `stet build` says at the end of a part, and of a spec: what landed, what failed and why, what waits. */
import type { Reason } from "../domain/reason.ts";
import type { Chunk } from "../domain/task.ts";
import { ending, take, type RunFacts } from "./summary.ts";
import { commitLines, joined } from "./sections.ts";
import { count, shortRef } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";
import { sentence } from "./sentences.ts";

export interface FailedChunk {
  readonly chunk: Chunk;
  readonly reasons: readonly Reason[];
}

export interface PartFacts extends RunFacts {
  readonly file: string;
  /** From 1. */
  readonly number: number;
  readonly built: readonly Chunk[];
  readonly failed: readonly FailedChunk[];
  readonly waiting: readonly Chunk[];
  /** Done before, by the spec or by the record. */
  readonly done: number;
  readonly publication?: { readonly remote: string; readonly ref: string; readonly commit: string | null; readonly url?: string; readonly reason?: Reason };
}

const MAX_LISTED = 20;

export function partSummary(facts: PartFacts, paint: Paint): string {
  const { file, done, built, failed, waiting, dryRun, commits, branch, run } = facts;
  const counts = [`${count(built.length, "chunk")} built`, ...(done > 0 ? [`${done} done before`] : []), ...(failed.length > 0 ? [`${failed.length} failed`] : []), ...(waiting.length > 0 ? [`${waiting.length} to come`] : [])];
  const heading = dryRun ? "Would land (dry run: nothing was written to git)" : `${paint("green", `Landed ${count(commits.length, "commit")}`)} on ${shortRef(branch)}`;
  const lines = dryRun ? built.map(({ title }) => `  ${oneLine(title, 100)}`) : commitLines(commits, { max: MAX_LISTED, rest: `stet report ${run}` }, paint);
  return joined(
    [`${oneLine(file, 120)}: ${counts.join(", ")}`],
    built.length > 0 ? [heading, ...lines] : [],
    publicationLines(facts, paint),
    failedLines(failed, paint),
    waiting.length > 0 ? [paint("bold", `Not built: ${count(waiting.length, "chunk")}`), ...waiting.slice(0, MAX_LISTED).map(({ title }) => `  ${oneLine(title, 100)}`)] : [],
    ending(facts, paint),
    take(facts, paint),
  );
}

/** One line for each cycle of `--continuous`. */
export function cycleLine({ cycle, built, left, sleepS }: { readonly cycle: number; readonly built: number; readonly left: number; readonly sleepS: number }): string {
  return `Cycle ${cycle}: ${count(built, "chunk")} built, ${left} left${sleepS > 0 ? `; again in ${sleepS} s` : ""}.`;
}

function failedLines(failed: readonly FailedChunk[], paint: Paint): string[] {
  if (failed.length === 0) return [];
  return [paint("bold", `Failed: ${count(failed.length, "chunk")}`), ...failed.flatMap(({ chunk, reasons }) => [`  ${oneLine(chunk.title, 100)}`, ...reasons.slice(-2).map((one) => paint("dim", `    ${sentence(one)}`))])];
}

function publicationLines({ publication }: PartFacts, paint: Paint): string[] {
  if (!publication) return [];
  const { remote, ref, commit, url, reason } = publication;
  const pushed = commit === null ? [] : [`Pushed ${oneLine(shortRef(ref), 120)} to ${oneLine(remote, 60)}${url === undefined ? "" : `: ${oneLine(url, 200)}`}`];
  return [...pushed, ...(reason ? [paint("yellow", sentence(reason))] : [])];
}
