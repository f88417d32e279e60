/**
 * A task is known by its words: by what it asks for and the headings that it stands below, never by its place, its number or
 * its mark, all of which change while it is worked on. Equal ones are counted.
 */
import { createHash } from "node:crypto";
import type { Task } from "../../domain/task.ts";

const LENGTH = 12;

/** The same, with their ids. */
export function identified<T extends { readonly task: Task }>(ones: readonly T[]): T[] {
  const counts = new Map<string, number>();
  return ones.map((one) => {
    const id = idOf(one.task);
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return { ...one, task: { ...one.task, id: count === 1 ? id : `${id}-${count}` } };
  });
}

function idOf({ title, instructions, section }: Task): string {
  const words = [...section, title, instructions].map((text) => text.replace(/\[[ xX]\]/g, "").replace(/\s+/g, " ").trim());
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, LENGTH);
}
