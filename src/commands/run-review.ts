/**
 * A whole review, without a command line: what is looked at, by whom, and where it is written. Runs no check and changes nothing in
 * the repository; with `apply`, what was found is handed on in the same run, under the same budget.
 */
import { join } from "node:path";
import { EXIT, Problem } from "../domain/problem.ts";
import { reason } from "../domain/reason.ts";
import { Lines } from "../formats/places.ts";
import { rdjsonl } from "../formats/written/rdjson.ts";
import { reviewRowOf } from "../formats/written/review-row.ts";
import { sarifLog } from "../formats/written/sarif.ts";
import { reviewRecord } from "../ledger/earned-reviews.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Spent } from "../llm/budget.ts";
import { systemClock } from "../system/clock.ts";
import { writeWhole } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { entriesAt } from "../system/tree.ts";
import { lookAt, type Base } from "./base.ts";
import { openLadderFor, type Ladder } from "./ladder.ts";
import type { CommonOptions } from "./options.ts";
import { reviewAll, type FileReview } from "./review-all.ts";
import { reviewLimits } from "./review-config.ts";
import { subjectsOf, type Left } from "./review-subjects.ts";
import { runApply, type ApplyOptions, type ApplyReport } from "./run-apply.ts";
import type { RunSurroundings } from "./run-repair.ts";
import { refuseMissing, scopeOf } from "./scope.ts";
import type { Session } from "./session.ts";
import { openState } from "./state.ts";

export interface ReviewOptions extends CommonOptions {
  /** Only what changed since this revision. */
  readonly changed?: string;
}

export interface ReviewReport {
  readonly reviews: readonly FileReview[];
  /** Files that were not looked at, and why. */
  readonly left: readonly Left[];
  readonly rows: string;
  /** What was reviewed, as it stands, for the writers. */
  readonly texts: ReadonlyMap<string, Lines>;
  /** Absent where no model was asked. */
  readonly spent?: Spent;
  readonly durationMs: number;
  readonly exitCode: number;
}

export async function runReview(paths: readonly string[], options: ReviewOptions, { listen, signal }: RunSurroundings): Promise<ReviewReport> {
  await using state = await openState(options.cwd, { lock: false });
  const { repository, ledger } = state;
  const base = await lookAt(repository, options);
  const scope = await scopeOf(options.cwd, paths);
  refuseMissing(scope, base);
  const ladder = openLadderFor({ command: "review", common: options }, base, { listen, onCall: () => undefined });
  if (ladder.unasked.length > 0) listen({ type: "notice", reason: reason("run", "models-unasked", { models: ladder.unasked }) });
  return await reviewWith({ git: repository.git, base, ledger, ladder, scope, options, listen, signal });
}

/** A review and an apply of what it found, in one run. */
export async function runReviewAndApply(paths: readonly string[], options: ReviewOptions & ApplyOptions, surroundings: RunSurroundings): Promise<{ readonly review: ReviewReport; readonly apply: ApplyReport }> {
  const scope = await scopeOf(options.cwd, paths);
  let review: ReviewReport | undefined;
  const source = async ({ repository, base, ledger, ladder, kit, run }: Session): Promise<string> => {
    refuseMissing(scope, base);
    const { listen, signal = surroundings.signal } = kit;
    review = await reviewWith({ git: repository.git, base, ledger, ladder, scope, options: { ...options, maxFiles: undefined }, listen, signal });
    const file = join(repository.stateDir, "runs", run.options.id, "review.jsonl");
    await writeWhole(file, review.rows);
    return file;
  };
  const apply = await runApply([`review:${options.changed ?? ""}`, ...scope], { ...options, source }, surroundings);
  if (!review) throw new Error("an apply reads its source");
  return { review, apply };
}

interface Parts {
  readonly git: Git;
  readonly base: Base;
  readonly ledger: Ledger;
  readonly ladder: Ladder;
  readonly scope: readonly string[];
  readonly options: Pick<ReviewOptions, "changed" | "allowPath"> & { readonly maxFiles?: number | undefined };
  readonly listen: RunSurroundings["listen"];
  readonly signal: AbortSignal;
}

/** Throws `Problem` (64) where there is no model to ask. */
async function reviewWith({ git, base, ledger, ladder, scope, options, listen, signal }: Parts): Promise<ReviewReport> {
  const started = systemClock.now();
  if (ladder.rungs.length === 0) throw new Problem("no-reviewer", {}, EXIT.usage);
  const limits = reviewLimits(base.config);
  const { changed, maxFiles = Infinity, allowPath } = options;
  const { subjects, left } = await subjectsOf({ git, base, scope, ...(changed !== undefined && { since: changed }), maxFiles, maxFileTokens: limits.maxFileTokens, allowPaths: allowPath });
  const entries = await entriesAt(git, base.tree, subjects.map(({ file }) => file));
  const contents = new Map([...entries].map(([file, { id }]) => [file, id]));
  const record = await reviewRecord(ledger);
  const reviews = await reviewAll({ subjects, ladder: ladder.rungs, limits, record, contents, commit: base.commit, listen, signal });
  const { spent } = ladder;
  return {
    reviews,
    left,
    rows: reviews.flatMap(({ written }) => (written ? [`${JSON.stringify(reviewRowOf(written))}\n`] : [])).join(""),
    texts: new Map(subjects.map(({ file, text }) => [file, new Lines(text)])),
    ...(spent.requests > 0 && { spent }),
    durationMs: systemClock.now() - started,
    exitCode: exitCodeOf(reviews, left.length),
  };
}

/** 69 where no model gave a single review, though there was something to look at. */
function exitCodeOf(reviews: readonly FileReview[], left: number): number {
  const done = reviews.filter(({ written }) => written).length;
  if (reviews.length > 0 && done === 0) return EXIT.noProvider;
  return done < reviews.length || left > 0 ? EXIT.remains : EXIT.settled;
}

export const REVIEW_FORMATS = ["rows", "sarif", "rdjsonl"] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

/** The review as a text of this format. */
export function writtenAs(format: ReviewFormat, { rows, reviews, texts }: Pick<ReviewReport, "rows" | "reviews" | "texts">): string {
  const told = reviews.flatMap((one) => one.told);
  if (format === "rows") return rows;
  return format === "sarif" ? `${JSON.stringify(sarifLog(told, texts), null, 2)}\n` : rdjsonl(told, texts);
}
