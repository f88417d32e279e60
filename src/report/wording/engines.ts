/** What is to be said of engines: how one ended that did not end well. */
import type { Sentences } from "./told.ts";

export const engineSentences: Sentences = {
  "engine-timed-out": (told) => `${told.text("by")} was ended at its deadline.`,
  "engine-gave-up": (told) => `${told.text("by")} gave up${told.quote("detail")}`,
  "engine-out-of-turns": (told) => `${told.text("by")} had all of its turns and was not through.`,
};
