/**
 * Reviews a file: asks the models of the ladder, the lowest first, until one gives an answer that can be used. The next is asked
 * where one fails, is rate limited, or says too little. What has been reviewed is kept by what was asked of whom, so the same file
 * is never paid for twice; what came of it here since is not part of that.
 */
import { reason, type Reason } from "../domain/reason.ts";
import type { ModelClient } from "../llm/client.ts";
import { readReview, type Review, type Unusable } from "./answer.ts";
import type { KeptReviews } from "./kept-reviews.ts";
import { reviewQuestion } from "./question.ts";
import type { Subject } from "./subject.ts";

export interface Reviewer {
  readonly client: ModelClient;
  /** The models that may answer for it, as they were named. */
  readonly name: string;
}

export interface ReviewOptions {
  /** Lowest rung first. */
  readonly ladder: readonly Reviewer[];
  /** Characters of an answer, at least. */
  readonly minLength: number;
  readonly kept: KeptReviews;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

export interface Reviewed {
  readonly review?: Review;
  /** Whether it was known from before. */
  readonly isKept: boolean;
  /** Why each model that was asked before has not given it, in order. */
  readonly passed: readonly Reason[];
}

/** Throws only what the signal was aborted with. */
export async function reviewFile(subject: Subject, { ladder, minLength, kept, now, signal }: ReviewOptions): Promise<Reviewed> {
  const question = reviewQuestion(subject);
  const key = [ladder.map(({ name }) => name), minLength, question];
  const known = await kept.find(key);
  if (known) return { review: known, isKept: true, passed: [] };
  const passed: Reason[] = [];
  for (const { client, name } of ladder) {
    const asked = await client.ask(question, signal);
    if (!asked.ok) {
      passed.push(reason(name, `model-${asked.fault.kind}`, { model: asked.fault.model, detail: asked.fault.detail }));
      continue;
    }
    const { model } = asked.answer;
    const reported = readReview(asked.answer, minLength);
    if (typeof reported === "string") {
      passed.push(unusable(model, reported));
      continue;
    }
    const review = { ...reported, model, atMs: now() };
    await kept.keep(key, review);
    return { review, isKept: false, passed };
  }
  return { isKept: false, passed };
}

function unusable(model: string, why: Unusable): Reason {
  return reason("review", `review-${why}`, { model });
}
