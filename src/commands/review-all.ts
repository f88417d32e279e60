/**
 * Reviews files side by side, each with the ladder, and makes of every answer what stet writes about it: findings that stand, with
 * the confidence that this repository's record gives them, and the row's figures and tier.
 */
import { join } from "node:path";
import type { Listener } from "../domain/event.ts";
import { finding } from "../domain/finding.ts";
import type { Reason } from "../domain/reason.ts";
import { placeChanges } from "../formats/edits.ts";
import { Lines } from "../formats/places.ts";
import type { Told } from "../formats/written/told.ts";
import type { WrittenFinding, WrittenReview } from "../formats/written/review-row.ts";
import type { ReviewRecord } from "../ledger/earned-reviews.ts";
import { sideBySide } from "../llm/side-by-side.ts";
import type { Review } from "../review/answer.ts";
import { holdAgainst, type Dropped, type HeldFinding } from "../review/hold.ts";
import { keptReviews } from "../review/kept-reviews.ts";
import { reviewFile, type Reviewer } from "../review/review.ts";
import type { Subject } from "../review/subject.ts";
import { confidenceOf, trustOf } from "../review/trust.ts";
import { systemClock } from "../system/clock.ts";
import { cacheRoot } from "../system/files.ts";
import type { ReviewLimits } from "./review-config.ts";

/** Files that are asked about at once. */
const CONCURRENCY = 4;

export interface ReviewAllOptions {
  readonly subjects: readonly Subject[];
  readonly ladder: readonly Reviewer[];
  readonly limits: ReviewLimits;
  readonly record: ReviewRecord;
  /** The blob's id of each file, and the commit that they are of. */
  readonly contents: ReadonlyMap<string, string>;
  readonly commit: string;
  readonly listen: Listener;
  readonly signal?: AbortSignal;
}

export interface FileReview {
  readonly file: string;
  /** Absent where no model of the ladder gave one. */
  readonly written?: WrittenReview;
  /** The findings for other tools, as edits of the base. */
  readonly told: readonly Told[];
  readonly dropped: Dropped;
  readonly isKept: boolean;
  /** Why models did not answer, in the order in which they were asked. */
  readonly passed: readonly Reason[];
}

/** In the order of the subjects. Throws only what the signal was aborted with. */
export async function reviewAll(options: ReviewAllOptions): Promise<FileReview[]> {
  const { subjects, ladder, limits, listen, signal } = options;
  const kept = keptReviews(join(cacheRoot(), "reviews"));
  const asking = { ladder, minLength: limits.minAnswerLength, kept, now: () => systemClock.now(), ...(signal && { signal }) };
  const done = new Map<string, FileReview>();
  const tasks = subjects.map((subject) => async (): Promise<FileReview> => {
    signal?.throwIfAborted();
    const { review, isKept, passed } = await reviewFile(subject, asking);
    return { file: subject.file, isKept, passed, ...(review ? judged(subject, review, options) : { told: [], dropped: NONE }) };
  });
  for await (const one of sideBySide(tasks, CONCURRENCY)) {
    const { file, written, isKept } = one;
    listen({ type: "reviewed", file, ...(written && { model: written.model }), findings: written?.findings.length ?? 0, kept: isKept });
    done.set(file, one);
  }
  return subjects.flatMap(({ file }) => done.get(file) ?? []);
}

const NONE: Dropped = { unquotable: 0, outside: 0, repeated: 0, edits: 0, broken: 0 };

function judged(subject: Subject, { model, atMs, findings: raw, broken }: Review, options: ReviewAllOptions): Pick<FileReview, "written" | "told" | "dropped"> {
  const { limits, record, contents, commit } = options;
  const { file } = subject;
  const { findings, dropped } = holdAgainst(subject, raw, broken);
  const written = findings.map((one): WrittenFinding => {
    const { value, source, outcomes } = confidenceOf(one.confidence, record(model, one.rule, limits.trust.minOutcomes), limits.trust);
    const { at, rule, message, rationale, edits } = one;
    return { line: at.line, column: at.column, rule, message, confidence: value, source, edits, ...(outcomes !== undefined && { outcomes }), ...(rationale !== undefined && { rationale }) };
  });
  const trust = trustOf(written.map(({ confidence }) => confidence), limits.trust);
  const texts = new Map([[file, new Lines(subject.text)]]);
  return {
    written: { file, atMs, model, content: contents.get(file) ?? "", commit, ...(trust && { trust }), findings: written },
    told: findings.map((one, index) => toldOf(one, model, written[index]?.confidence ?? one.confidence, texts)),
    dropped,
  };
}

function toldOf({ at, rule, message, edits, rationale }: HeldFinding, by: string, confidence: number, texts: ReadonlyMap<string, Lines>): Told {
  const changes = edits.map(({ old_string, new_string }) => ({ file: at.file, span: { kind: "quote" as const, text: old_string }, after: new_string }));
  const placed = edits.length > 0 ? placeChanges(changes, texts) : undefined;
  const fixes = placed?.ok ? [{ title: rationale ?? message, edits: placed.edits }] : [];
  return { finding: finding({ by, rule, category: "other", message, at, confidence }), fixes };
}
