/** Task Master's list as tasks: each with the place of its status, so that one word changes when it is done. */
import { findNodeAtLocation, getNodeValue, type Node } from "jsonc-parser";
import { z } from "zod";
import { reason, type Reason } from "../../domain/reason.ts";
import { lineAt } from "../../domain/syntax.ts";
import type { Task, TaskGroup } from "../../domain/task.ts";
import { circle } from "./dependencies.ts";
import { identified } from "./identity.ts";
import { namedFiles } from "./named-files.ts";

const id = z.union([z.number(), z.string()]).transform(String);
const text = z.string().nullish().transform((value) => value ?? "");
const shape = z.looseObject({ id, title: z.string().min(1), description: text, details: text, testStrategy: text, status: text, dependencies: z.array(id).nullish().transform((value) => value ?? []) });
type Row = z.infer<typeof shape>;

const DONE: ReadonlySet<string> = new Set(["done", "completed", "cancelled", "deferred"]);

interface Item {
  readonly row: Row;
  readonly node: Node;
  /** `3`, or `3.1` for a subtask. */
  readonly number: string;
  readonly parent?: Item;
}

export function tasksIn(file: string, source: string, list: Node): { tasks: Task[]; groups: TaskGroup[]; reasons: Reason[] } {
  const reasons: Reason[] = [];
  const items = itemsOf(list, undefined, (node, detail) => reasons.push(reason("spec", "spec-shape", { file, line: lineAt(source, node.offset), detail })));
  const parents = new Set(items.flatMap(({ parent }) => parent ?? []));
  const leaves = items.filter((item) => !parents.has(item));
  const drafts = identified(leaves.map((item) => ({ item, task: taskOf(file, source, item) })));
  const idsOf = idsByNumber(drafts);
  const tasks = drafts.map(({ item, task }) => {
    const wanted = [...item.row.dependencies.map((one) => absolute(one, item)), ...(item.parent?.row.dependencies ?? [])];
    const dependencies = wanted.flatMap((number) => {
      const ids = idsOf(number);
      if (ids.length === 0) reasons.push(reason("spec", "unknown-dependency", { ...task.at, number }));
      return ids;
    });
    return { ...task, dependencies: [...new Set(dependencies)].filter((one) => one !== task.id) };
  });
  const groups = [...parents].flatMap((parent) => groupOf(file, parent, drafts.filter(({ item }) => item.parent === parent).map(({ task }) => task.id)));
  return { tasks, groups, reasons: [...reasons, ...circle(tasks)] };
}

function itemsOf(list: Node, parent: Item | undefined, fault: (node: Node, detail: string) => void): Item[] {
  return (list.children ?? []).flatMap((node) => {
    const parsed = shape.safeParse(getNodeValue(node));
    if (!parsed.success) {
      fault(node, parsed.error.issues[0]?.path.join(".") ?? "");
      return [];
    }
    const row = parsed.data;
    const item: Item = { row, node, number: parent ? `${parent.number}.${row.id}` : row.id, ...(parent && { parent }) };
    const inner = parent ? undefined : findNodeAtLocation(node, ["subtasks"]);
    return [item, ...(inner?.type === "array" ? itemsOf(inner, item, fault) : [])];
  });
}

/** A subtask names its siblings by their own number. */
function absolute(number: string, { parent }: Item): string {
  return parent && !number.includes(".") ? `${parent.number}.${number}` : number;
}

function idsByNumber(drafts: readonly { readonly item: Item; readonly task: Task }[]): (number: string) => string[] {
  return (number) => drafts.filter(({ item }) => item.number === number || item.parent?.number === number).map(({ task }) => task.id);
}

function taskOf(file: string, source: string, { row, node, number, parent }: Item): Task {
  const above = parent ? [parent.row.description, parent.row.details] : [];
  const instructions = [row.description, row.details, ...above].filter((part) => part !== "").join("\n\n");
  const acceptance = [row.testStrategy, parent?.row.testStrategy ?? ""].filter((part) => part !== "");
  const isDone = DONE.has(row.status) || (parent !== undefined && DONE.has(parent.row.status));
  const tick = isDone ? undefined : tickOf(file, node);
  return {
    id: "",
    number,
    title: row.title.replace(/\s+/g, " ").trim(),
    instructions,
    dependencies: [],
    files: namedFiles(`${row.title}\n${instructions}`),
    acceptance,
    section: parent ? [parent.row.title] : [],
    at: { file, line: lineAt(source, node.offset), column: 1 },
    isDone,
    isOptional: false,
    isParallel: false,
    ...(tick && { tick }),
  };
}

/** Nothing where it has no status that could be changed. */
function tickOf(file: string, node: Node): TaskGroup["tick"] | undefined {
  const status = findNodeAtLocation(node, ["status"]);
  return status?.type === "string" ? { file, start: status.offset, before: JSON.stringify(getNodeValue(status)), after: '"done"' } : undefined;
}

function groupOf(file: string, { node, row }: Item, tasks: readonly string[]): TaskGroup[] {
  const tick = DONE.has(row.status) ? undefined : tickOf(file, node);
  return tick ? [{ tasks, tick }] : [];
}
