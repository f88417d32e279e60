/** What is to be said of engines: how one ended that did not end well. */
import type { Sentences } from "./told.ts";

export const engineSentences: Sentences = {
  "engines-unasked": (told) => `The configuration names ${told.list("engines")}; --configured-engines lets them work.`,
  foreseen: (told) => `${told.text("what")}: ${told.statement("detail")}${told.has("advice") ? `; ${told.statement("advice")}` : ""}.`,
  "engine-timed-out": (told) => `${told.by} was ended at its deadline.`,
  "engine-gave-up": (told) => `${told.by} gave up${told.quote("detail")}`,
  "engine-refused": (told) => `${told.by} refused the task.`,
  "engine-stopped": (told) => `${told.by} stopped before its turn was over.`,
  "engine-failed": (told) => `${told.by} failed${told.quote("detail")}`,
  "engine-broke-off": (told) => `${told.by} ended before it had answered${told.quote("detail")}`,
  "engine-rate-limited": (told) => `${told.by} has no room left at its provider${told.quote("detail")}`,
  "engine-out-of-turns": (told) => `${told.by} had all of its turns and was not through.`,
};
