/** Which tasks a task waits for: by the words of the spec, and by whatever rule its reader has. */
import { reason, type Reason } from "../../domain/reason.ts";
import type { Task } from "../../domain/task.ts";
import { circleIn } from "./circles.ts";
import type { Draft } from "./drafts.ts";

const WORDS = /\b(?:depends?\s+on|dependenc(?:y|ies)|blocked\s+by)\b[*_:\s]*(?:tasks?\s+)?((?:[A-Z]{1,4}-?\d+|\d+(?:\.\d+)*)(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:[A-Z]{1,4}-?\d+|\d+(?:\.\d+)*))*)(?!\w)/gi;

/** The numbers behind "depends on". */
export function numbersIn(text: string): string[] {
  return [...text.matchAll(WORDS)].flatMap(([, list = ""]) => list.match(/[A-Z]{1,4}-?\d+|\d+(?:\.\d+)*/gi) ?? []);
}

/** The tasks with what they wait for; or what is wrong with it. `before`: what a reader's own rule adds, by place in the list. */
export function linked(drafts: readonly Draft[], before: (index: number) => readonly string[]): { tasks: Task[]; reasons: Reason[] } {
  const byNumber = new Map(drafts.flatMap(({ task }) => (task.number === undefined ? [] : [[task.number, task.id]])));
  const reasons: Reason[] = [];
  const tasks = drafts.map(({ task, text }, index) => {
    const named = numbersIn(text).flatMap((number) => {
      const ids = idsFor(number, byNumber);
      // A bare figure may mean anything; a code that looks like a task's can only mean a task.
      if (ids.length === 0 && /[A-Z]/i.test(number)) reasons.push(reason("spec", "unknown-dependency", { ...task.at, number }));
      return ids;
    });
    const all = new Set([...before(index), ...named].filter((id) => id !== task.id));
    return { ...task, dependencies: [...all] };
  });
  return { tasks, reasons: [...reasons, ...circle(tasks)] };
}

/** `2` is all of `2.1`, `2.2` … where there is no task of that number itself. */
function idsFor(number: string, byNumber: ReadonlyMap<string, string>): string[] {
  const own = byNumber.get(number);
  if (own !== undefined) return [own];
  return [...byNumber].flatMap(([known, id]) => (known.startsWith(`${number}.`) ? [id] : []));
}

export function circle(tasks: readonly Task[]): Reason[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const found = circleIn(new Map(tasks.map(({ id, dependencies }) => [id, dependencies])))?.flatMap((id) => byId.get(id) ?? []);
  if (!found?.[0]) return [];
  return [reason("spec", "tasks-in-a-circle", { ...found[0].at, tasks: found.map(({ number, title }) => number ?? title) })];
}
