/** What is to be said of a run as a whole, of its landing and of taking it back. */
import { list, shortId, shortRef } from "../layout.ts";
import type { Sentences, Told } from "./told.ts";

/** What `Capabilities.unenforced` names, as people call it. */
const UNENFORCED: Readonly<Record<string, string>> = {
  filesystem: "checks can read files outside of their worktree",
  network: "checks can reach the network",
  "process-tree": "a check's stray processes may outlive it",
  "process-count": "the number of a check's processes is not limited",
  limits: "memory and file sizes are not limited",
  "dependencies-copied": "dependencies are copied instead of mounted",
};

/** `checks can reach the network and …`; codes without words of their own as they are. */
export function unenforcedList(codes: readonly string[]): string {
  return list(codes.map((code) => (Object.hasOwn(UNENFORCED, code) ? UNENFORCED[code] ?? code : code)), 10);
}

const CHECKED_OUT = (told: Told): string =>
  `${branch(told)} is checked out in ${told.text("folder")}, so it was left alone; switch to another branch there and try again.`;

export const runSentences: Sentences = {
  killed: () => "The run was killed; nothing of yours was lost. The same command goes on from what it landed.",
  "ref-not-moved": () => "The run was killed before its branch moved, so this did not land.",
  "uncommitted-changes": (told) =>
    `${told.count("files", "file")} with uncommitted changes: the run works from the commit, without them.`,
  "uncommitted-config": (told) => `${told.text("file")} is not in the commit that the run starts from; it is used as it stands in the checkout.`,
  "base-cannot-run": (told) => `${told.text("check")} cannot judge the base, so nothing can be tried${told.quoteOutput("detail")}`,
  unenforced: (told) => `Containment is not complete on this machine: ${unenforcedList(told.items("what"))}.`,
  continuing: (told) =>
    `Goes on with run ${told.text("run")}, which landed ${told.count("commits", "commit")} on ${branch(told)}; --fresh starts anew.`,
  "no-lockfile": () => "The change needs other dependencies, and there is no lockfile to install them from.",
  "manager-missing": (told) => `${told.text("program")} is needed to install the change's dependencies, and is not there.`,
  "prepare-failed": (told) => `${told.text("program")}, which prepares what checks need, failed (--prepare-network lets it reach the network)${told.quoteOutput("detail")}`,
  "prepare-made-nothing": (told) => `${told.text("program")}, which prepares what checks need, did not make the folder ${told.text("folder")}.`,
  "install-failed": (told) => `${told.text("program")} could not install the change's dependencies${told.quoteOutput("detail")}`,
  "hooks-not-run": () => "Git hooks were not run.",
  interrupted: (told) => `The run was interrupted${told.has("signal") ? ` by ${told.text("signal")}` : ""}; what had landed stays.`,
  deadline: () => "The run's time was up; what had landed stays, and the same command goes on from there.",
  "proposer-crashed": (told) => `${told.by} stopped early; what it had proposed by then is tried${told.quoteOutput("detail")}`,
};

export const landSentences: Sentences = {
  "branch-checked-out": CHECKED_OUT,
  "ref-moved": (told) => `${branch(told)} was moved by somebody else meanwhile, so it was left alone.`,
  "branch-gone": (told) => `${branch(told)} is gone already; there is nothing to undo.`,
  "branch-moved": (told) => {
    const places = told.has("found") ? ` (${shortId(told.text("found"))} instead of ${shortId(told.text("expected"))})` : "";
    return `${branch(told)} no longer stands where the run left it${places}, so it was left alone: somebody's work may be on it.`;
  },
};

function branch(told: Told): string {
  return shortRef(told.text(told.has("ref") ? "ref" : "branch", "The branch"));
}
