/**
 * What an engine is told: the task, later what speaks against its work, and for the second look what it did. All of it is
 * data from the repository and its checks, marked as such; nothing that an engine says is believed, whatever it was told.
 */
import { createHash } from "node:crypto";
import type { Edit } from "../../domain/edit.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Rehearsal } from "../../domain/plugin.ts";
import type { Reason } from "../../domain/reason.ts";
import type { Chunk, Spec } from "../../domain/task.ts";

const MAX_TOLD = 30;
const MAX_MESSAGE_LENGTH = 800;
const MAX_DIFFERENCE_LENGTH = 60_000;

/** The mark follows from the content, so that nothing in it can end it early. */
function data(what: string, text: string): string {
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `«data ${mark}» ${what}\n${text}\n«end ${mark}»`;
}

export function taskPrompt(spec: Spec, chunk: Chunk): string {
  const { title, instructions, acceptance, files, tasks } = chunk;
  const section = tasks[0]?.section ?? [];
  return [
    "Do this task of the project's plan, completely, in the project's folder.",
    data("the task", [title, ...(instructions === "" ? [] : ["", instructions])].join("\n")),
    ...(section.length > 0 ? [`It stands below: ${section.join(" › ")}`] : []),
    ...(acceptance.length > 0 ? [data("it is done when", acceptance.map((one) => `- ${one}`).join("\n"))] : []),
    ...(files.length > 0 ? [`Files that it names: ${files.join(", ")}`] : []),
    `The plan is ${spec.file}${spec.context.length > 0 ? `, with ${spec.context.join(", ")}` : ""}. Read there what you need; do not change these files, the box is ticked for you.`,
    ...RULES,
  ].join("\n\n");
}

const RULES = [
  [
    "Rules:",
    "- Only this task: what others of the plan ask for is done by others.",
    "- Add tests for what you add. Never change, skip or delete a test that is there, and no definition of a check.",
    "- No stubs, no placeholders, no suppressions.",
    "- Leave nothing behind that does not belong into the project. Do not commit: the files as they stand are taken.",
  ].join("\n"),
];

/** What the gates and checks have against the work. */
/** `attempt`: from 1. It stands there so that a second one is another question, whatever has come of the first. */
export function fixPrompt(spec: Spec, chunk: Chunk, { told, attempt }: { readonly told: readonly string[]; readonly attempt: number }): string {
  const parts = ["Your work on the task stands in the folder, and was not accepted:", data("what speaks against it", told.join("\n")), `Mend that (attempt ${attempt}), and keep the task in mind:`, taskPrompt(spec, chunk)];
  return parts.join("\n\n");
}

export function reviewPrompt(spec: Spec, chunk: Chunk, edits: readonly Edit[]): string {
  return [
    "Look at a change that somebody made for a task of the project's plan. Read what you need; change nothing, whatever you find: this is a review.",
    taskPrompt(spec, chunk).split("\n\n").slice(1, -1).join("\n\n"),
    data("the change", differenceText(edits)),
    'Does the change do all of the task, and nothing that breaks what was there? Answer with one objection a line, each beginning with "- " and naming the file; or with the single line NO OBJECTIONS. Only what must be changed is an objection: matters of taste are none.',
  ].join("\n\n");
}

function differenceText(edits: readonly Edit[]): string {
  const text = edits.map(({ file, before, after }) => [`--- ${file}`, ...marked("-", before), ...marked("+", after)].join("\n")).join("\n");
  return text.length > MAX_DIFFERENCE_LENGTH ? `${text.slice(0, MAX_DIFFERENCE_LENGTH)}\n(the rest is left out; read the files)` : text;
}

function marked(mark: string, text: string | null): string[] {
  return text === null || text === "" ? [] : text.replace(/\n$/, "").split("\n").map((line) => `${mark} ${line}`);
}

const MAX_OBJECTIONS = 10;

/** None where the answer says so, or has no list at all. */
export function objectionsIn(said: string): string[] {
  if (/^\W*no objections\b/im.test(said)) return [];
  const lines = said.split("\n").filter((line) => /^\s*(?:[-*]|\d+[.)])\s+\S/.test(line));
  return lines.slice(0, MAX_OBJECTIONS).map((line) => cut(line.trim()));
}

/** What a rehearsal said, for whoever has to mend it. */
export function toldOf({ kind, reasons, risen }: Pick<Rehearsal, "kind" | "reasons" | "risen">): string[] {
  const lines = risen.slice(0, MAX_TOLD).map((one: Finding) => `- ${one.at ? `${one.at.file}:${one.at.line} ` : ""}${one.by} ${one.rule}: ${cut(one.message)}`);
  return lines.length > 0 && kind !== "refused" ? lines : reasonsTold(reasons);
}

export function reasonsTold(reasons: readonly Reason[]): string[] {
  return reasons.slice(0, MAX_TOLD).map(({ by, code, args }) => `- ${by} ${code} ${cut(JSON.stringify(args))}`);
}

function cut(text: string): string {
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
}
