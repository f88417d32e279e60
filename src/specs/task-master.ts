/**
 * Task Master: `.taskmaster/tasks/tasks.json`, plain or with tags. Its dependencies are its own; a task with subtasks stands
 * for them. Done is what it calls so; what it defers or cancels is not built.
 */
import { getNodeValue, parseTree, type Node, type ParseError } from "jsonc-parser";
import type { Project, SpecRead, SpecReader } from "../domain/plugin.ts";
import { reason } from "../domain/reason.ts";
import { slugOf } from "./shared/slug.ts";
import { tasksIn } from "./shared/task-master.ts";

/** Task Master's own list is longer than a million characters; JSON is read in one go. */
const MAX_LENGTH = 20_000_000;
const TASKS = /^(?:\.taskmaster\/)?tasks\/tasks\.json$/;

export const reader: SpecReader = {
  name: "task-master",
  summary: "Task Master's `.taskmaster/tasks/tasks.json`: its current tag, its dependencies, `testStrategy` as acceptance; `done` is written where a checkbox would be ticked.",
  discover: (files) => files.filter((file) => TASKS.test(file)),
  accepts: (file) => /(?:^|\/)tasks\.json$/.test(file),
  read: async (file, project) => {
    const text = await project.readText(file);
    if (text === undefined) return { ok: false, reasons: [reason("spec", "spec-unreadable", { file })] };
    if (text.length > MAX_LENGTH) return { ok: false, reasons: [reason("spec", "spec-too-large", { file, max: MAX_LENGTH })] };
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    if (!root || errors.length > 0) return { ok: false, reasons: [reason("spec", "spec-not-json", { file, line: lineOf(text, errors[0]?.offset ?? 0) })] };
    return readRoot(file, text, root, await currentTag(project));
  },
};

function readRoot(file: string, text: string, root: Node, current: string | undefined): SpecRead {
  const tags = membersOf(root).filter(([, value]) => at(value, "tasks")?.type === "array");
  const plain = at(root, "tasks");
  const [tag, list] = plain?.type === "array" ? [undefined, plain] : tagged(tags, current);
  if (!list) return { ok: false, reasons: [reason("spec", "spec-shape", { file, detail: "tasks" })] };
  const { tasks, groups, reasons } = tasksIn(file, text, list);
  if (tasks.length === 0) reasons.push(reason("spec", "spec-without-tasks", { file }));
  if (reasons.length > 0) return { ok: false, reasons };
  const name = tag === undefined || tag === "master" ? "tasks" : `tasks-${tag}`;
  return { ok: true, spec: { file, slug: slugOf(name), title: tag ?? "tasks", context: [], tasks, groups } };
}

function tagged(tags: readonly (readonly [string, Node])[], current: string | undefined): readonly [string | undefined, Node | undefined] {
  const [name, value] = tags.find(([tag]) => tag === current) ?? tags.find(([tag]) => tag === "master") ?? tags[0] ?? [];
  return [name, value && at(value, "tasks")];
}

/** What its own state says; a state that cannot be read says nothing. */
async function currentTag({ readText }: Pick<Project, "readText">): Promise<string | undefined> {
  const root = parseTree((await readText(".taskmaster/state.json")) ?? "{}");
  const node = root && at(root, "currentTag");
  return node?.type === "string" ? String(getNodeValue(node)) : undefined;
}

function membersOf(node: Node): [string, Node][] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[String(key.value), value] as [string, Node]] : []));
}

function at(node: Node, name: string): Node | undefined {
  return membersOf(node).find(([key]) => key === name)?.[1];
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
