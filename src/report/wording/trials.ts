/** What checks say of a tree, and what the search for the green part says of a proposal. */
import type { Sentences } from "./told.ts";

export const trialSentences: Sentences = {
  "new-finding": (told) => {
    const where = told.has("file") ? ` in ${told.place()}` : "";
    return `${told.by} finds something new${where}: ${told.text("rule")}${told.quote("message")}`;
  },
  "test-vanished": (told) => `${told.by} no longer runs the test "${told.text("test")}".`,
  "test-skipped": (told) => `${told.by} now skips the test "${told.text("test")}".`,
  "coverage-fell": (told) =>
    `${told.by} covers ${told.has("file") ? told.text("file") : "the code"} less than before: ${told.number("from")} → ${told.number("to")} % of its lines.`,
  "coverage-vanished": (told) => `${told.by} no longer covers ${told.text("file")}: its report has nothing of it.`,
  "coverage-low": (told) =>
    `${told.by} covers ${told.number("percent")} % of ${told.text("file")}, which is new; the floor is ${told.number("floor")} % (--coverage-floor).`,
  crashed: (told) => `${told.by} crashed, so it could not tell${told.quoteOutput("detail")}`,
  timeout: (told) => `${told.by} ran out of time, so it could not tell; timeoutMs in the configuration gives it more.`,
  missing: (told) => `${told.by} cannot be started, so it could not tell${told.quoteOutput("detail")}`,
  unreadable: (told) => `The output of ${told.by} could not be read, so it could not tell${told.quoteOutput("detail")}`,
  flaky: (told) => `${told.by} disagreed with itself on the very same files, so it could not tell.`,
  "no-baseline": (told) => `There is no baseline of ${told.by} to compare with.`,
  "nothing-measured": () => "No check was read, so nothing can be said of it.",
  "not-tried": (told) => `Not tried: the run touches ${told.count("max", "file")} at most (--max-files).`,
  misfit: (told) => `By itself it does not fit the base: ${told.text("file")} would be left half changed.`,
  "nothing-better": () => "None of the findings that it should settle went away.",
  "oracle-lost": (told) => `Quick looks in place of ${told.text("check")} are given up for this run${told.quoteOutput("detail")}`,
  "oracle-disagreed": (told) =>
    `${told.text("check")} does not see what a quick look in its place saw; the search begins again without such looks.`,
  attributed: () => "Several proposals were measured together; the new findings point to this one.",
};
