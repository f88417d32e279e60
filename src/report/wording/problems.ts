/** What is wrong, where, and what to do about it: a sentence for each fault that a user can mend. */
import { list, shortRef } from "../layout.ts";
import { quoted } from "../resume.ts";
import { unenforcedList } from "./runs.ts";
import type { Sentences, Told } from "./told.ts";

const CONFIG_EXAMPLE = '{ "checks": [{ "name": "test", "run": ["npm", "test"] }] }';

export const problemSentences: Sentences = {
  usage: (told) => `${told.statement("detail")}; ${told.has("tool") ? "put -- before a tool that has options of its own; " : ""}${told.text("help")} tells more.`,
  "not-a-repository": (told) => `${told.text("folder")} is not in a git repository; go into one, or name it with --cwd.`,
  "no-such-folder": (told) => `There is no folder ${told.text("folder")}.`,
  "no-checkout": (told) => `${told.text("folder")} is a git directory without a checkout, and stet works on a checkout; git worktree add makes one.`,
  "repository-not-trusted": (told) =>
    `Git does not trust ${told.text("folder")}, which belongs to somebody else; git config --global --add safe.directory says that it may.`,
  "git-missing": () => "There is no git on the PATH; install git 2.30 or newer.",
  "no-commits": () => "This repository has no commit yet, so there is nothing to start from; commit something first.",
  "unknown-forge": (told) => `STET_FORGE: there is no forge "${told.text("name")}"; there are ${list(told.items("known"))}.`,
  "unknown-gate": (told) => `--allow: there is no gate "${told.text("name")}"; there are ${list(told.items("known"), 30)}.`,
  "gate-always-on": (told) => `--allow: the gate ${told.text("name")} cannot be switched off: what stet promises rests on it.`,
  "unknown-revision": (told) => `There is no commit "${told.text("revision")}" here.`,
  "path-outside": (told) => `${told.text("path")} is outside of this repository.`,
  "path-missing": (told) => `${told.text("path")} does not exist in the commit that the run starts from.`,
  locked: (told) =>
    told.has("pid")
      ? `Another run holds this repository (process ${told.number("pid")}); wait for it, or end it.`
      : "Another run holds this repository; wait for it.",
  "config-missing": (told) => `There is no configuration file ${told.text("file")}.`,
  "config-exists": (told) => `${told.text("file")} exists already, and stays as it is; stet init --print shows what would be written.`,
  "agents-marks": (told) => `${told.text("file")} has marks of stet's that do not pair; leave one ${told.text("begin")} and one ${told.text("end")} behind it, or none.`,
  "agents-not-text": (told) => `${told.text("file")} is a link, or no text file in UTF-8, so it stays as it is; stet init --agents --print shows the rules.`,
  "config-invalid": (told) => `${position(told)}: ${told.has("option") ? `"${told.text("option")}": ` : ""}${told.text("detail", "not valid")}`,
  "config-unknown-option": (told) => `${position(told)}: there is no option "${told.text("option")}"; there are ${list(told.items("known"), 20)}.`,
  "config-unreadable": (told) => `${told.text("file")} is not a text file in UTF-8, so it cannot be read.`,
  "config-duplicate-check": (told) => `${position(told)}: two checks have the name "${told.text("name")}".`,
  "unknown-validator": (told) =>
    `${told.has("file") ? `${position(told)}: ` : ""}there is no kind of check "${told.text("name")}"; there are ${list(told.items("known"), 40)}.`,
  "not-ready": (told) => `${told.text("what")}: ${told.statement("detail")}${told.has("advice") ? `; ${told.text("advice")}` : ""}.`,
  "no-engines": () => "There is no engine to work with: --model names a model for the built-in one, or claude, codex or an ACP agent is installed with its key in the environment.",
  "unknown-engine": (told) => `There is no engine "${told.text("name")}" here; there are ${list(told.items("known"), 20)}.`,
  "engine-missing": (told) => `The engine ${told.text("name")} needs the program ${told.text("program")}, which is not on the PATH.`,
  "engine-without-model": (told) => `The engine ${told.text("name")} asks a model, and none was named; --model names one.`,
  "no-checks": (told) => `No checks were found, so nothing could be judged; write them into ${told.text("file")}: ${CONFIG_EXAMPLE}`,
  "matcher-unreadable": (told) =>
    `${told.text("check")}: there is no problem matcher in ${told.text("file")} of the commit that the run starts from: { "problemMatcher": [{ "pattern": [{ "regexp": "…" }] }] }.`,
  "template-missing": (told) => `${told.text("check")}: there is no template ${told.text("file")} in the commit that the run starts from.`,
  "no-coverage-check": () =>
    '--coverage-floor: no check measures coverage; add one to stet.config.json: { "name": "coverage", "use": "coverage", "run": […], "report": "…" }.',
  "base-cannot-run": (told) =>
    `${told.text("check")} cannot judge the base (${told.text("kind")}), so nothing can be tried; mend it, or leave it out of "checks".`,
  "sandbox-required": (told) =>
    `--require-sandbox: containment is not complete on this machine: ${unenforcedList(told.items("missing"))}; stet doctor tells more.`,
  "containment-failed": (told) => `A program could not be put into its sandbox${told.quoteOutput("detail")} stet doctor tells more; --sandbox none goes without.`,
  "prefix-taken": (told) => `The branch ${told.text("ref")} stands where stet's own branches belong (stet/…); rename it.`,
  "tool-failed": (told) => `${told.text("command")} ${toolEnd(told.text("how"))}, so there is no change to try.`,
  "spec-missing": (told) => `There is no spec "${told.text("name")}" in the commit that the run starts from${told.has("known") ? `; there are ${list(told.items("known"), 8)}` : ""}.`,
  "spec-refused": (told) => `${told.place()} cannot be built as it stands (${told.text("code")}); stet build --plan tells more.`,
  "no-chunker": () => "No model was named to cut the spec: --model <provider:model>, or --configured-models where the configuration names some; --chunker deterministic needs none.",
  "no-specs": () => "No spec was found: docs/specs/*.md, PLAN.md, TODO.md, spec-kit, Kiro, OpenSpec or Task Master; name any other Markdown file with checkboxes.",
  "no-runs": () => "There are no runs here yet; stet repair makes one.",
  "unknown-run": (told) => `There is no run "${told.text("run")}"; stet runs lists them.`,
  "ambiguous-run": (told) => `Several runs begin with "${told.text("run")}": ${list(told.items("runs"))}.`,
  "resume-other-command": (told) => `Run ${told.text("run")} is a stet ${told.text("command")}, which is not gone on with by name; the same command again does what is left.`,
  "resume-undone": (told) => `Run ${told.text("run")} was undone, so there is nothing to go on with; without --resume a new one begins.`,
  "resume-gone": (told) => `${shortRef(told.text("ref"))}, the branch of run ${told.text("run")}, is gone, so there is nothing to go on with; without --resume a new one begins.`,
  "resume-other-options": (told) => `Run ${told.text("run")} was asked for other things; the same again is: ${told.items("command").map(quoted).join(" ")}.`,
  "resume-other-checks": (told) => `Run ${told.text("run")} was held against other checks than are asked for now; give it the --config that it had.`,
  "nothing-to-undo": (told) => `Run ${told.text("run")} has nothing to undo: it landed nothing, or was undone already.`,
  "model-name": (told) => `There is no provider in the model's name "${told.text("name")}"; it may be ${list(told.items("meant"), 6)}.`,
  "endpoint-refused": (told) => `The address ${told.text("address")} may not have a key: ${ADDRESSES[told.text("why")] ?? "it is no address"}.`,
  "trace/endpoint-refused": (told) => `Traces are not sent to ${told.text("address")}: ${ADDRESSES[told.text("why")] ?? "it is no address"}.`,
  "gateway-in-config": (told) => `${told.text("name")} is named by the repository's own file, and a key may only go to gateways that you name: --model.`,
  "key-for-checks": (told) => `--pass-env: ${told.text("name")} holds a key, and a check that sees one can send it anywhere.`,
  "missing-package": (told) => `${told.text("package")} is not installed; npm install ${told.text("package")} adds it.`,
  "missing-key": (told) => `${told.text("provider")} needs a key in ${list(told.items("variables"))}.`,
  storage: (told) => storage(told),
  "git-died": (told) => `git ${told.text("command")} was ended before it was done, so the run stopped; the same command again goes on from what has landed.`,
  bug: () => "This is a bug in stet, and nothing of yours was changed; please report it with these lines.",
};

const ADDRESSES: Readonly<Record<string, string>> = {
  insecure: "it is neither https nor on this machine",
  credentials: "it has credentials in it",
  query: "it has a query or a fragment",
  "no-host": "it names no host",
  "no-address": "it is no address",
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
