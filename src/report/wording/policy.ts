/** What the gate `mechanical` says of a model's edits that go further than the policy lets them. */
import type { Sentences, Told } from "./told.ts";

export const policySentences: Sentences = {
  renamed: (told) => `${declared(told)} would be called ${told.text("to")}: the policy keeps names.`,
  "signature-changed": (told) => `${named(PARTS, told.text("part"), "What is declared")} of ${declared(told)} would change${from(told)}: the policy keeps signatures.`,
  "declaration-deleted": (told) => `${declared(told)} would go: the policy keeps what is declared.`,
  "declaration-added": (told) => `${declared(told)} would come: the policy lets no new declarations in but fields.`,
  "new-file": (told) => `${told.text("file")} would be a new file: the policy lets no new modules in.`,
  "file-deleted": (told) => `${told.text("file")} would be deleted: the policy keeps modules.`,
  "mode-changed": (told) => `The file mode of ${told.text("file")} would change: the policy keeps it.`,
  "dependencies-changed": (told) => `${told.text("file")} names dependencies, and the policy keeps these.`,
  "new-dependency": (told) => `${place(told)} would import ${told.text("name")}, which no manifest that was seen names: the policy lets no new dependencies in.`,
  "unreadable-syntax": (told) => `${told.text("file")} cannot be held to the policy: ${named(WHY, told.text("why"), () => told.text("why"))(told)}.`,
  "too-many-patches": (told) => `${told.text("file")} has ${told.count("patches", "edit")}; the policy's limit is ${told.number("max")} (maxPatches).`,
  "patches-used-up": (told) => `${told.text("file")} has had ${told.count("patches", "edit")} by models in this run; the policy's limit is ${told.number("max")} (maxPatches).`,
  "patch-too-long": (told) => `The patch ${at(told)} changes ${told.count("lines", "line")}; the policy's limit is ${told.number("max")} (maxPatchLines).`,
  "several-changes": (told) => `The patch ${at(told)} makes several changes at once (${told.list("changes")}): the policy lets each make one.`,
  "not-mechanical": (told) => `${named(WHAT, told.text("what"), "A change")} ${at(told)} is none of the five mechanical edits${from(told)}.`,
};

const PARTS: Readonly<Record<string, string>> = { parameters: "The parameters", type: "The type", rest: "The declaration" };

const WHY: Readonly<Record<string, (told: Told) => string>> = {
  "no-grammar": () => "no grammar here reads such files",
  "not-installed": () => "the package of grammars is not installed (@vscode/tree-sitter-wasm)",
  "too-large": () => "it is too large to be parsed",
  "too-deep": () => "it is nested too deep to be parsed",
  failed: () => "the parser failed",
  broken: (told) => `it has a syntax error ${told.text("side") === "before" ? "as it stands" : "afterwards"}, in line ${told.number("line")}`,
};

const WHAT: Readonly<Record<string, string>> = {
  added: "What is added",
  deleted: "What is deleted",
  replaced: "What is replaced",
  comment: "The change of a comment",
  "import-changed": "The change of an import",
  "field-twice": "A field whose name is there already",
  "field-acts": "A field whose value does something",
};

function named<T>(table: Readonly<Record<string, T>>, name: string, otherwise: T): T {
  return Object.hasOwn(table, name) ? (table[name] ?? otherwise) : otherwise;
}

function place(told: Told): string {
  return `${told.text("file")}:${told.number("line")}`;
}

function declared(told: Told): string {
  return `${told.text("kind")} ${told.text("name")} (${place(told)})`;
}

/** In which declaration. */
function at(told: Told): string {
  return told.text("kind") === "module" ? `in ${place(told)}` : `in ${told.text("kind")} ${told.text("name")} (${place(told)})`;
}

function from(told: Told): string {
  const [was, now] = [told.text("was", ""), told.text("now", "")];
  if (was === "" && now === "") return "";
  if (was === "") return `: "${now}"`;
  return now === "" ? `: "${was}"` : `: "${was}" → "${now}"`;
}
