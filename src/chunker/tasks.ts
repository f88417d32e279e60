/** From what a model has cut to tasks like any other's: with ids from their words, below their headings, in the order of need. */
import type { Spec, Task } from "../domain/task.ts";
import { inOrderOfNeed } from "../specs/chunking/order.ts";
import { identified } from "../specs/shared/identity.ts";
import { outlineOf } from "../specs/shared/outline.ts";
import { nameOf, type Piece } from "./piece.ts";

export function tasksOf(pieces: readonly Piece[], { file, tasks: own }: Pick<Spec, "file" | "tasks">, text: string): Task[] {
  const { sections } = outlineOf(text);
  const boxes = new Map(own.filter(isBox).map(({ id, at }) => [at.line, id]));
  const drafts = identified(
    pieces.map((piece) => {
      const { title, instructions, files, acceptance, line } = piece;
      const section = piece.section ?? sections.findLast((one) => one.line <= line)?.path ?? [];
      const does = piece.boxes.flatMap((box) => boxes.get(box) ?? []);
      const task: Task = { id: "", title, instructions, dependencies: [], files, acceptance, section, at: { file, line, column: 1 }, isDone: false, isOptional: false, isParallel: false, does };
      return { piece, task };
    }),
  );
  const ids = new Map(drafts.map(({ piece, task }) => [nameOf(piece.title), task.id]));
  const tasks = drafts.map(({ piece, task }) => ({ ...task, dependencies: [...new Set(piece.after.flatMap((title) => ids.get(nameOf(title)) ?? []))].filter((id) => id !== task.id) }));
  return oneAfterTheOther(inOrderOfNeed(tasks));
}

/** A box that several tasks do is ticked with the last of them, so each of these waits for the one before it. */
function oneAfterTheOther(tasks: readonly Task[]): Task[] {
  const last = new Map<string, string>();
  return tasks.map((task) => {
    const waits = (task.does ?? []).flatMap((box) => last.get(box) ?? []);
    for (const box of task.does ?? []) last.set(box, task.id);
    return { ...task, dependencies: [...new Set([...task.dependencies, ...waits])] };
  });
}

/** Whether the spec has a place that says whether it is done. */
export function isBox({ isDone, tick }: Task): boolean {
  return isDone || tick !== undefined;
}

/** The same, as far as the spec now says that they are done or optional: by the boxes that they do. */
export function standing(tasks: readonly Task[], { tasks: own }: Pick<Spec, "tasks">): Task[] {
  const boxes = new Map(own.map((one) => [one.id, one]));
  return tasks.map((task) => {
    const does = (task.does ?? []).flatMap((id) => boxes.get(id) ?? []);
    const all = (is: (one: Task) => boolean): boolean => does.length > 0 && does.every(is);
    return { ...task, isDone: all((one) => one.isDone), isOptional: all((one) => one.isOptional) };
  });
}
