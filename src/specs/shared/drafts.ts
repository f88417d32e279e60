/** Boxes as the tasks of a spec: the innermost ones are tasks, one that has others below it stands for all of them. */
import type { Task, TaskGroup } from "../../domain/task.ts";
import { acceptanceIn } from "./acceptance.ts";
import type { Box } from "./boxes.ts";
import { identified } from "./identity.ts";
import { namedFiles } from "./named-files.ts";

/** What a reader makes of a box's first line. */
export interface Label {
  readonly number?: string;
  readonly title: string;
  readonly isParallel?: boolean;
}

/** A task before its dependencies are known, with the box that it comes from. */
export interface Draft {
  readonly task: Task;
  readonly box: Box;
  /** All of its words. */
  readonly text: string;
}

const MAX_TITLE = 120;

/** In the order in which they stand. A box without words is none. */
export function draftsOf(file: string, boxes: readonly Box[], label: (text: string) => Label): Draft[] {
  const leaves = leavesOf(boxes).filter(({ text }) => text !== "");
  return identified(leaves.map((box) => draft(file, box, label(box.text))));
}

function draft(file: string, box: Box, { number, title, isParallel = false }: Label): Draft {
  const plain = title.replace(/\*\*|__/g, "").trim();
  const points = Array.from(plain);
  const isLong = points.length > MAX_TITLE;
  const instructions = [...(isLong ? [plain] : []), ...(box.below === "" ? [] : [box.below])].join("\n\n");
  const text = `${plain}\n${box.below}`;
  const task: Task = {
    id: "",
    ...(number !== undefined && { number }),
    title: isLong ? `${points.slice(0, MAX_TITLE - 1).join("").replace(/\s+\S*$/, "")}…` : plain,
    instructions,
    dependencies: [],
    files: namedFiles(text),
    acceptance: acceptanceIn(box.below),
    section: box.section,
    at: { file, line: box.line, column: 1 },
    isDone: box.isDone,
    isOptional: box.isOptional,
    isParallel,
    ...(!box.isDone && { tick: tickOf(file, box) }),
  };
  return { task, box, text };
}

function tickOf(file: string, { mark }: Box): TaskGroup["tick"] {
  return { file, start: mark, before: " ", after: "x" };
}

function leavesOf(boxes: readonly Box[]): Box[] {
  return boxes.flatMap((box) => (box.children.length === 0 ? [box] : leavesOf(box.children)));
}

/** Boxes that others stand below, or are numbered below (`2` above `2.1`), as far as they are open. */
export function groupsOf(file: string, boxes: readonly Box[], drafts: readonly Draft[]): TaskGroup[] {
  const ids = new Map(drafts.map(({ box, task }) => [box, task.id]));
  const visit = (box: Box): TaskGroup[] => {
    if (box.children.length === 0) return [];
    const tasks = leavesOf(box.children).flatMap((leaf) => ids.get(leaf) ?? []);
    return [...(box.isDone ? [] : [{ tasks, tick: tickOf(file, box) }]), ...box.children.flatMap(visit)];
  };
  return boxes.flatMap(visit);
}
