/** What is said of reviews, and of why a model's answer was none. */
import type { Sentences } from "./told.ts";

export const reviewSentences: Sentences = {
  "no-reviewer": () => "No model was named to review with: --model <provider:model>, or --configured-models where the configuration names some.",
  "review-not-tried": (told) => `It is beyond the ${told.count("max", "file")} of this review (--max-files).`,
  "review-refused": (told) => `${told.text("model")} would not review it.`,
  "review-cut-off": (told) => `${told.text("model")} did not come to the end of its answer.`,
  "review-wrong-shape": (told) => `${told.text("model")} answered with something that is no review.`,
  "review-thin": (told) => `${told.text("model")} said too little to be a review.`,
};
