/** What is to be said of inputs and of what they suggest: what cannot be read, and what speaks against trying it. */
import { list } from "../layout.ts";
import type { Sentences, Told } from "./told.ts";

const KINDS: Readonly<Record<string, string>> = {
  folder: "a folder",
  pipe: "a pipe, which may never end; - reads standard input",
  device: "a device, which may never end; - reads standard input",
  socket: "a socket",
};

const inputs: Sentences = {
  "input-missing": (told) => `There is no file ${told.text("input")}.`,
  "input-unreadable": (told) => `${told.text("input")} cannot be read (${told.text("detail")}).`,
  "input-not-a-file": (told) => `${told.text("input")} is ${kindOf(told)}.`,
  "input-empty": (told) => `${told.text("input")} is empty: there is nothing to do.`,
  "input-unknown": (told) => `The format of ${told.text("input")} is none that is known; --format names it: ${list(told.items("known"), 10)}.`,
  "unknown-format": (told) => `--format: there is no "${told.text("name")}"; there are ${list(told.items("known"), 10)}.`,
  "input-too-large": () => "The input is larger than what is read of one; what was read of it counts.",
  "input-undecodable": () => "The input is not UTF-8.",
};

const lines: Sentences = {
  "line-too-long": () => "The line is longer than what is read of one.",
  "line-undecodable": () => "The line is not UTF-8.",
  "line-torn": () => "The last line is torn: whoever writes it was not done.",
  "line-shape": () => "The line is not of the kind file:line: message.",
  "not-json": (told) => `This is not JSON${told.quote("detail")}`,
  "too-deep": (told) => `The line is nested deeper than ${told.text("detail")} levels.`,
  "key-twice": (told) => `The key "${told.text("detail")}" stands twice in one object, so it can be read in two ways.`,
  "key-reserved": (told) => `The key "${told.text("detail")}" is none that data may have.`,
  "row-shape": (told) => `The row cannot be read at "${told.text("field")}"${told.quote("detail")}`,
  "findings-broken": (told) => `${told.count("findings", "finding")} of the row cannot be read; the others count.`,
};

const documents: Sentences = {
  "document-not-json": (told) => `The document is not JSON${told.quote("detail")}`,
  "document-shape": (told) => `The document is not what ${told.text("format")} has.`,
  "result-shape": (told) => `The result cannot be read${told.quote("detail")}`,
  "fixes-broken": (told) => `Of the fixes that the result offers, ${told.number("fixes")} cannot be read; the finding counts.`,
  "scan-failed": (told) => `The scanner says that it did not come to its end${told.quote("detail")}`,
  "result-suppressed": () => "The scanner's file says that this is suppressed.",
  "result-absent": () => "The scanner's file says that this is no longer there.",
  "result-no-defect": () => "The scanner's file says that this is no defect.",
  "comment-outdated": () => "The comment is outdated: its lines are no longer there.",
  "comment-on-old-side": () => "The comment is about lines that the pull request removes.",
  "comment-resolved": () => "The comment is resolved.",
  "comment-on-whole": () => "The comment is about no line of a file.",
  "comment-empty": () => "The comment says nothing.",
};

const changes: Sentences = {
  "change-outside": (told) => `${told.place()} has no such place as the change names.`,
  "change-moved": (told) => `${told.place()} is not what the change was made for.`,
  "quote-empty": (told) => `The change of ${told.text("file")} quotes nothing that it would take the place of.`,
  "quote-nowhere": (told) => `${told.text("file")} does not have the text that the change quotes.`,
  "quote-several": (told) => `${told.text("file")} has the text that the change quotes more than once.`,
};

const eligibility: Sentences = {
  "file-missing": (told) => `There is no file ${told.text("file")} in the commit that the run starts from.`,
  "file-untracked": (told) => `${told.text("file")} is not in the commit that the run starts from.`,
  "file-ignored": (told) => `${told.text("file")} is ignored by git.`,
  "file-folder": (told) => `${told.text("file")} is a folder.`,
  "file-symlink": (told) => `${told.text("file")} is a symbolic link, or stands behind one.`,
  "file-submodule": (told) => `${told.text("file")} is a submodule.`,
  "file-not-text": (told) => `${told.text("file")} is no text in UTF-8.`,
  stale: (told) => `${told.text("file")} has changed since it was looked at.`,
  "commit-unknown": (told) => `Commit ${told.text("commit")}, which was looked at, is not in this repository, so ${told.text("file")} may have changed; git fetch may bring it.`,
  "tier-blocked": (told) => `The reviewer's tier is ${told.text("tier")}.`,
  "tier-absent": () => "The reviewer states no tier.",
  "confidence-unusable": (told) => `${told.text("field")} is no number from 0 to 100 (${told.text("value")}).`,
  "confidence-low": (told) => `${told.text("field")} is ${told.number("value")}; at least ${told.number("min")} is needed.`,
};

const apply: Sentences = {
  "row-clean": (told) => `The review of ${told.text("file")} found nothing.`,
  "no-fix-offered": () => "It has words and no change; --model <name> lets a model make one of them.",
  "has-pull-request": (told) => `There is a pull request for it already: ${told.text("url")}.`,
  "same-refused": () => "No check speaks for it, and --same refuse asks for one that does.",
  "nothing-could-tell": () => "No check here runs a test or tells what it read, so nothing could tell whether it makes anything worse.",
};

export const sourceSentences: Sentences = { ...inputs, ...lines, ...documents, ...changes, ...eligibility, ...apply };

function kindOf(told: Told): string {
  const kind = told.text("detail");
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : kind;
}
