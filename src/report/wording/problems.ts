/** What is wrong, where, and what to do about it: a sentence for each fault that a user can mend. */
import { list } from "../layout.ts";
import { unenforcedList } from "./runs.ts";
import type { Sentences, Told } from "./told.ts";

const CONFIG_EXAMPLE = '{ "checks": [{ "name": "test", "run": ["npm", "test"] }] }';

export const problemSentences: Sentences = {
  "not-a-repository": (told) => `${told.text("folder")} is not in a git repository; go into one, or name it with --cwd.`,
  "unknown-revision": (told) => `There is no commit "${told.text("revision")}" here.`,
  "path-outside": (told) => `${told.text("path")} is outside of this repository.`,
  "path-missing": (told) => `${told.text("path")} does not exist in the commit that the run starts from.`,
  locked: (told) =>
    told.has("pid")
      ? `Another run holds this repository (process ${told.number("pid")}); wait for it, or end it.`
      : "Another run holds this repository; wait for it.",
  "config-missing": (told) => `There is no configuration file ${told.text("file")}.`,
  "config-exists": (told) => `${told.text("file")} exists already, and stays as it is; stet init --print shows what would be written.`,
  "config-invalid": (told) => `${position(told)}: ${told.has("option") ? `"${told.text("option")}": ` : ""}${told.text("detail", "not valid")}`,
  "config-duplicate-check": (told) => `${told.text("file")}: two checks have the name "${told.text("name")}".`,
  "unknown-validator": (told) => `There is no kind of check "${told.text("name")}".`,
  "no-checks": (told) => `No checks were found, so nothing could be judged; write them into ${told.text("file")}: ${CONFIG_EXAMPLE}`,
  "base-cannot-run": (told) =>
    `${told.text("check")} cannot judge the base (${told.text("kind")}), so nothing can be tried; mend it, or leave it out of "checks".`,
  "sandbox-required": (told) =>
    `--require-sandbox: containment is not complete on this machine: ${unenforcedList(told.items("missing"))}; stet doctor tells more.`,
  "prefix-taken": (told) => `The branch ${told.text("ref")} stands where stet's own branches belong (stet/…); rename it.`,
  "tool-failed": (told) => `${told.text("command")} ${toolEnd(told.text("how"))}, so there is no change to try.`,
  "no-runs": () => "There are no runs here yet; stet repair makes one.",
  "unknown-run": (told) => `There is no run "${told.text("run")}"; stet runs lists them.`,
  "ambiguous-run": (told) => `Several runs begin with "${told.text("run")}": ${list(told.items("runs"))}.`,
  "nothing-to-undo": (told) => `Run ${told.text("run")} has nothing to undo: it landed nothing, or was undone already.`,
  storage: (told) => storage(told),
  bug: () => "This is a bug in stet, and nothing of yours was changed; please report it with these lines.",
};

function position(told: Told): string {
  return told.has("line") ? `${told.place()}:${told.number("column")}` : told.text("file");
}

function toolEnd(how: string): string {
  return { missing: "cannot be started", timeout: "ran out of time", signalled: "was ended by a signal" }[how] ?? "failed";
}

const STORAGE: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full",
  EDQUOT: "The disk quota is used up",
  EROFS: "The disk is read-only",
  EACCES: "Permission is denied",
  EPERM: "Permission is denied",
  EMFILE: "Too many files are open",
};

function storage(told: Told): string {
  const code = told.text("code");
  return `${Object.hasOwn(STORAGE, code) ? STORAGE[code] ?? code : `Writing failed (${code})`}: ${told.text("path")}.`;
}
