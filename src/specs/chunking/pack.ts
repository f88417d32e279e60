/**
 * Puts neighbours below one heading together, as few as it takes for no more than `max` groups. The tasks stand in order of
 * need, so groups wait for earlier ones only. Undefined where there are more headings than that.
 */
import type { Task } from "../../domain/task.ts";

export function packed(tasks: readonly Task[], max: number): Task[][] | undefined {
  for (let size = 1; size <= Math.max(1, tasks.length); size++) {
    const groups = inGroups(tasks, size);
    if (groups.length <= max) return groups;
  }
  return undefined;
}

function inGroups(tasks: readonly Task[], size: number): Task[][] {
  const groups: Task[][] = [];
  for (const task of tasks) {
    const last = groups.at(-1);
    if (last && last.length < size && isTogether(last[0], task)) last.push(task);
    else groups.push([task]);
  }
  return groups;
}

function isTogether(one: Task | undefined, other: Task): boolean {
  return JSON.stringify(one?.section) === JSON.stringify(other.section);
}
