/** The part of the configuration that is about reviews. A repository can only ask for more than stet does by itself. */
import { z } from "zod";
import { TRUST_LIMITS, type TrustLimits } from "../review/trust.ts";

const figure = z.number().min(0).max(100).optional();

/** Characters of the summary and the messages of an answer together. */
export const MIN_ANSWER_LENGTH = 40;

export const reviewSchema = {
  review: z
    .strictObject({
      tiers: z
        .strictObject({
          auto: figure.describe("Average confidence of a review from which it is tried by itself. Default 90."),
          dry_run: figure.describe("From here on a person looks first. Default 75."),
          simulation: figure.describe("From here on only with --hold; below that it is blocked. Default 50."),
        })
        .optional()
        .describe("What the tiers of reviews ask for; they can only ask for more than the defaults."),
      minimum: figure.describe("What the least certain finding of the tier auto must have. Default 70."),
      minOutcomes: z.int().positive().max(10_000).optional().describe("Outcomes of a model's findings here, from which on they stand for its own word. Default 10."),
      minAnswerLength: z.int().positive().max(2_000).optional().describe("Characters that an answer must have, or the next model is asked. Default 40."),
      maxFileTokens: z.int().positive().max(100_000).optional().describe("Larger files are not reviewed. Default 24000."),
    })
    .optional()
    .describe("How stet review judges what models find."),
};

export interface ReviewConfig {
  readonly review?: z.infer<typeof reviewSchema.review>;
}

export interface ReviewLimits {
  readonly trust: TrustLimits;
  readonly minAnswerLength: number;
  readonly maxFileTokens: number;
}

/** A file is sent whole or not at all; most context windows have room for this and the answer. */
const MAX_FILE_TOKENS = 24_000;

export function reviewLimits({ review = {} }: ReviewConfig): ReviewLimits {
  const { tiers = {}, minimum = 0, minOutcomes = 0, minAnswerLength = 0, maxFileTokens = Infinity } = review;
  const most = (own: number, asked = 0): number => Math.max(own, asked);
  return {
    trust: {
      auto: most(TRUST_LIMITS.auto, tiers.auto),
      dry_run: most(TRUST_LIMITS.dry_run, tiers.dry_run),
      simulation: most(TRUST_LIMITS.simulation, tiers.simulation),
      minimum: most(TRUST_LIMITS.minimum, minimum),
      minOutcomes: most(TRUST_LIMITS.minOutcomes, minOutcomes),
    },
    minAnswerLength: most(MIN_ANSWER_LENGTH, minAnswerLength),
    maxFileTokens: Math.min(MAX_FILE_TOKENS, maxFileTokens),
  };
}
