/**
 * From a spec's tasks to the chunks that are built, without asking anybody: a task is a chunk. Where there are more than a
 * hundred, neighbours below one heading are built together; one that is too large for whoever does it is halved. Follows
 * from the spec's words alone, done tasks included, so that the same spec is cut the same way in every run.
 */
import { reason, type Reason } from "../../domain/reason.ts";
import type { Chunk, Spec, Task } from "../../domain/task.ts";
import { halved } from "./halve.ts";
import { packed } from "./pack.ts";
import { inOrderOfNeed } from "./order.ts";
import { tokensOf } from "./tokens.ts";

/** Capability B2. */
export const MAX_CHUNKS = 100;

export interface ChunkingOptions {
  /** Of the weakest engine: a larger chunk is halved. */
  readonly maxTokens: number;
  /** Characters of the files that are there. */
  readonly sizeOf: (file: string) => number;
  /** Whether optional tasks are built as well. */
  readonly optional: boolean;
}

export type Chunked = { readonly ok: true; readonly chunks: readonly Chunk[] } | { readonly ok: false; readonly reason: Reason };

export function chunksOf({ file, tasks }: Pick<Spec, "file" | "tasks">, options: ChunkingOptions): Chunked {
  const wanted = inOrderOfNeed(tasks.filter(({ isOptional, isDone }) => options.optional || isDone || !isOptional));
  const groups = packed(wanted, MAX_CHUNKS);
  if (!groups) return { ok: false, reason: reason("spec", "too-many-chunks", { file, tasks: wanted.length, max: MAX_CHUNKS }) };
  const last = new Map(wanted.flatMap(({ id, does = [id] }) => does.map((one) => [one, id])));
  const chunks = groups.map((group) => chunkOf(group, last, options));
  const owner = new Map(chunks.flatMap(({ id, tasks: own }) => own.map((task) => [task.id, id])));
  const linked = chunks.map((chunk) => {
    const waits = chunk.tasks.flatMap(({ dependencies }) => dependencies).flatMap((id) => owner.get(id) ?? []);
    return { ...chunk, dependencies: [...new Set(waits)].filter((id) => id !== chunk.id) };
  });
  const cut = halved(linked, options);
  if (cut.length > MAX_CHUNKS) return { ok: false, reason: reason("spec", "too-many-chunks", { file, tasks: cut.length, max: MAX_CHUNKS }) };
  return { ok: true, chunks: cut };
}

/** Before its dependencies are known. `last`: with which task each of the spec's own is done. */
function chunkOf(tasks: readonly Task[], last: ReadonlyMap<string, string>, { sizeOf }: ChunkingOptions): Chunk {
  const chunk = {
    ...namedBy(tasks),
    tasks,
    files: [...new Set(tasks.flatMap((task) => task.files))],
    acceptance: [...new Set(tasks.flatMap((task) => task.acceptance))],
    dependencies: [],
    completes: tasks.flatMap(({ id, does = [id] }) => does.filter((one) => last.get(one) === id)),
  };
  return { ...chunk, tokens: tokensOf(chunk, sizeOf) };
}

function namedBy(tasks: readonly Task[]): Pick<Chunk, "id" | "title" | "instructions"> {
  const [first, ...more] = tasks;
  if (!first) return { id: "", title: "", instructions: "" };
  if (more.length === 0) return { id: first.id, title: first.title, instructions: first.instructions };
  const title = `${first.section.at(-1) ?? first.title} (${tasks.length} tasks)`;
  return { id: `${first.id}+${more.length}`, title, instructions: tasks.map(asItem).join("\n") };
}

function asItem({ title, instructions }: Task): string {
  const below = instructions === "" ? [] : instructions.split("\n").map((line) => (line === "" ? "" : `  ${line}`));
  return [`- ${title}`, ...below].join("\n");
}
