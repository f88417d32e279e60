/** What is to be said of specs, and of what is built from them. */
import { list } from "../layout.ts";
import type { Sentences } from "./told.ts";

export const specSentences: Sentences = {
  "spec-unreadable": (told) => `${told.text("file")} is not a text file of the commit that the run starts from.`,
  "spec-too-large": (told) => `${told.text("file")} is longer than ${told.number("max")} characters; plans are shorter.`,
  "spec-not-json": (told) => `${told.place()} is not JSON.`,
  "spec-shape": (told) => `${told.place()} is not what Task Master writes${told.has("detail") ? `: "${told.text("detail")}" is missing or of another kind` : ""}.`,
  "spec-without-tasks": (told) => `${told.text("file")} has neither checkboxes nor sections with words, so there is nothing to build.`,
  "front-matter-broken": (told) => `${told.place()}: the front matter cannot be read${told.quote("detail")}`,
  "needs-clarification": (told) => `${told.place()} needs clarification${told.quote("detail")} Decide it there first: what is built before that is a guess.`,
  "unknown-dependency": (told) => `${told.place()} waits for ${told.text("number")}, and there is no such task.`,
  "tasks-in-a-circle": (told) => `${told.place()}: these tasks wait for one another, so none can be begun: ${list(told.items("tasks"), 8)}.`,
  "too-many-chunks": (told) => `${told.text("file")} comes to ${told.number("tasks")} pieces of work below too many headings; ${told.number("max")} are built of one spec at most, so split it.`,
  "spec-closed": (told) => `${told.text("file")} is left alone: its front matter calls it "${told.text("status")}". Name it to build it all the same.`,
  "chunk-begun": (told) => `Chunk ${told.number("number")} of ${told.number("chunks")}: ${told.text("title")}.`,
  "chunk-turn": (told) => `"${told.text("title")}" is worked out; now it is tried where it would land.`,
  "changed-by-others": (told) => `Others have changed ${list(told.items("files"), 5)} meanwhile: what was done there has no place any more.`,
  "turn-never-came": (told) => `"${told.text("title")}" was worked out, and the run ended before its turn to land.`,
  "chunk-deadline": (told) => `The time for "${told.text("title")}" was up (--chunk-deadline).`,
  "chunk-oversized": (told) => `"${told.text("title")}" changes ${told.count("lines", "line")}, more than the ${told.number("max")} that a part has room for; it gets a part of its own.`,
  "chunk-gone": (told) => `"${told.text("title")}" was built, and its branch ${told.text("ref")} is gone: it is not built again without being asked (--no-resume).`,
  "engine-changed-nothing": (told) => `${told.text("engine")} says that it is done, and has changed nothing.`,
  "engine-left": (told) => `${told.text("engine")} has no room for more and is left out of the rest of the run; ${told.number("left") === 0 ? "no other engine is left" : `${told.count("left", "other engine")} left`}.`,
  "no-engine-left": () => "No engine is left that could go on; the same command goes on from here.",
  "part-full": (told) => `The part is full with ${told.count("commits", "commit")}; what is next goes to another one.`,
};
