/** What is in the way of accepting or rejecting what a run held for a person. */
import { shortId } from "../layout.ts";
import type { Sentences } from "./told.ts";

export const heldSentences: Sentences = {
  "nothing-held": (told) => `Run ${told.text("run")} holds nothing for a person.`,
  "nothing-waits": (told) => `Nothing of what run ${told.text("run")} held waits any more; stet report ${told.text("run")} tells what became of it.`,
  "not-held": (told) => `Run ${told.text("run")} holds no number ${told.number("number")}; it holds 1 to ${told.number("held")}, and stet report ${told.text("run")} shows them.`,
  "held-by-dry-run": (told) => `Run ${told.text("run")} was a dry run, so there is no branch to go on with; the same without --dry-run holds it again.`,
  "rejected-already": (told) => `Number ${told.number("number")} of run ${told.text("run")} was rejected already, and that stands.`,
  "landed-already": (told) => `Number ${told.number("number")} of run ${told.text("run")} has landed already, as ${shortId(told.text("commit"))}; stet undo takes a run's commits back.`,
  "no-longer-fits": (told) => `What it changes in ${told.text("file")} has changed since it was held, so it has no place any more.`,
  "rejected-before": (told) => `A person has rejected this change already (run ${told.text("run")}).`,
};
