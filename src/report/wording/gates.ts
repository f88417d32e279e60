/** What gates say when they refuse. Nothing was run for any of these. */
import type { Sentences, Told } from "./told.ts";

const edits: Sentences = {
  "no-edits": () => "The proposal has no edits.",
  "changes-nothing": (told) => `The edits leave ${told.text("file")} as it is.`,
  "not-text": (told) => `${told.text("file")} cannot be edited as text: ${kind(told.text("kind"))}.`,
  "two-modes": (told) => `Two edits want different file modes for ${told.text("file")}.`,
  overlap: (told) => `Two edits of ${told.text("file")} overlap, at offsets ${told.number("other")} and ${told.number("start")}.`,
  absent: (told) => `${told.text("file")} does not exist, so there is nothing to edit.`,
  exists: (told) => `${told.text("file")} exists already, so it cannot be created.`,
  "not-whole": (told) => `${told.text("file")} is to be deleted, but does not hold the text that the proposal was made for.`,
  mismatch: (told) => `${told.text("file")} does not have the text to replace at offset ${told.number("start")}.`,
  "file-and-folder": (told) => `${told.text("folder")} would have to be a file and the folder of ${told.text("file")}.`,
};

const paths: Sentences = {
  "through-symlink": (told) => `${told.text("file")} leads through the symbolic link ${told.text("at")}.`,
  "through-submodule": (told) => `${told.text("file")} leads into the submodule ${told.text("at")}.`,
  "not-a-file-mode": (told) => `${told.text("file")} would get the mode ${told.text("mode")}, which is not a regular file's.`,
  internal: (told) => `${told.text("file")} belongs to git or to stet itself.`,
  "malformed-path": (told) => `"${told.text("file")}" is not a plain relative path.`,
  denied: (told) => `${told.text("file")} is below the denied path ${told.text("prefix")}; --allow-path exempts it for one run.`,
  "protected-path": (told) =>
    `${told.text("file")} is a test or defines a check, and what measures a change must not be part of it; --allow-path exempts it for one run.`,
  "out-of-scope": (told) => `${told.text("file")} is outside of ${told.list("scope")}.`,
};

const size: Sentences = {
  "too-many-files": (told) => `The proposal touches ${told.count("files", "file")}; the limit is ${told.number("max")} (maxFiles).`,
  "too-many-lines": (told) =>
    `The proposal changes ${told.count("lines", "line")}; the limit is ${told.number("max")} (maxChangedLines).`,
  "file-rewritten": (told) =>
    `The proposal changes ${told.number("percent")} % of ${told.text("file")}; the limit is ${told.number("maxPercent")} % (maxChangedFraction).`,
};

const content: Sentences = {
  "unseen-characters": (told) => `Characters that a reader cannot see would come into ${told.text("file")}: ${told.list("characters")}.`,
  "line-ending-changed": (told) => `The line endings of ${told.text("file")} would change.`,
  "bom-changed": (told) => `The byte order mark of ${told.text("file")} would change.`,
  "final-newline-changed": (told) => `Whether the last line of ${told.text("file")} ends would change.`,
  "code-omitted": (told) => `A remark such as "${told.text("mark")}" would stand in ${told.text("file")} where code was.`,
  "new-stub": (told) => `A body that only says "${told.text("mark")}" would come into ${told.text("file")}.`,
  "new-suppression": (told) => `${told.text("mark")} would come into ${told.text("file")}: that silences a check instead of settling it.`,
  "check-removed": (told) => `${told.text("mark")} would go from ${told.text("file")}: that silences a check instead of settling it.`,
  undecodable: (told) => `${told.text("file")} is not valid UTF-8, so it is left as it is.`,
  binary: (told) => `${told.text("file")} is binary, so it is left as it is.`,
  symlink: (told) => `${told.text("file")} is a symbolic link, or would become one.`,
  submodule: (told) => `${told.text("file")} is a submodule, or would become one.`,
  nul: (told) => `A NUL character would come into ${told.text("file")}.`,
  "replacement-character": (told) => `The replacement character U+FFFD would come into ${told.text("file")}: some text was lost on the way.`,
  "lone-surrogate": (told) => `Half a character would come into ${told.text("file")}.`,
};

export const gateSentences: Sentences = {
  ...edits,
  ...paths,
  ...size,
  ...content,
  "display-only": (told) => `Only for people to look at: ${caution(told)}.`,
  "gate-crashed": (told) => `The gate ${told.by} failed, so nothing passes it${told.quote("detail")}`,
};

/** Proposers say with a code why a fix is for display only; what a source says in words of its own stays as it is. */
const CAUTIONS: Readonly<Record<string, string>> = {
  "": "the tool does not offer it to be made by itself",
  stub: "it leaves a placeholder that somebody has to fill in",
  "live-code": "it deletes code that can have an effect when it runs",
  assertion: "it silences the compiler with an assertion instead of settling what it saw",
};

function caution(told: Told): string {
  const given = told.text("caution", "");
  return Object.hasOwn(CAUTIONS, given) ? CAUTIONS[given] ?? given : given.replace(/\.$/, "");
}

function kind(name: string): string {
  return { undecodable: "it is not valid UTF-8", symlink: "it is a symbolic link", submodule: "it is a submodule" }[name] ?? name;
}
