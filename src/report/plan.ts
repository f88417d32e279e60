/** A spec as it would be built: its chunks in their order, for people and for programs. */
import type { Reason } from "../domain/reason.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import { worded } from "./json.ts";
import { count, list } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";
import { sentence } from "./sentences.ts";

export interface PlanFacts {
  readonly spec: Spec;
  readonly reader: string;
  readonly chunks: readonly Chunk[];
  /** The model that cut it, where one did. */
  readonly cutBy?: string;
  /** Ids of chunks that are done. */
  readonly done: ReadonlySet<string>;
}

const MAX_NAMED = 4;

export function planText({ spec, reader, chunks, done, cutBy }: PlanFacts, paint: Paint): string {
  const open = chunks.filter(({ id }) => !done.has(id));
  const numbers = new Map(chunks.map(({ id }, index) => [id, index + 1]));
  const tokens = open.reduce((sum, one) => sum + one.tokens, 0);
  const optional = spec.tasks.filter(({ isOptional, isDone }) => isOptional && !isDone).length;
  const skipped = open.some(({ tasks }) => tasks.some(({ isOptional }) => isOptional)) ? 0 : optional;
  const head = `${paint("bold", oneLine(spec.title, 100))}  ${oneLine(spec.file, 120)} (${reader}${cutBy === undefined ? "" : `, cut by ${oneLine(cutBy, 80)}`})`;
  const sum = open.length === 0 ? "Everything in it is done." : `${count(open.length, "chunk")} to build, ${count(chunks.length - open.length, "chunk")} done, about ${tokens} tokens${skipped > 0 ? `, ${count(skipped, "optional task")} left out` : ""}`;
  return [head, sum, ...open.flatMap((chunk) => chunkLines(chunk, numbers, paint))].join("\n");
}

function chunkLines({ id, title, tasks, files, dependencies, tokens }: Chunk, numbers: ReadonlyMap<string, number>, paint: Paint): string[] {
  const waits = dependencies.flatMap((one) => numbers.get(one) ?? []).map(String);
  const parts = [
    id,
    ...(tasks.length > 1 ? [count(tasks.length, "task")] : []),
    `~${tokens} tokens`,
    ...(files.length > 0 ? [list(files.map((file) => oneLine(file, 60)), MAX_NAMED)] : []),
    ...(waits.length > 0 ? [`after ${list(waits, MAX_NAMED)}`] : []),
  ];
  return [`${String(numbers.get(id)).padStart(4)}  ${oneLine(title, 90)}`, paint("dim", `      ${parts.join(" · ")}`)];
}

export function planJson({ spec, reader, chunks, done, cutBy }: PlanFacts): Record<string, unknown> {
  const { file, slug, title, context, status } = spec;
  const rows = chunks.map(({ tasks, ...chunk }) => ({ ...chunk, isDone: done.has(chunk.id), at: tasks[0]?.at, tasks: tasks.map(({ id }) => id) }));
  return { type: "plan", reader, cutBy: cutBy ?? null, spec: { file, slug, title, context, ...(status !== undefined && { status }) }, chunks: rows };
}

export function refusedText(file: string, reasons: readonly Reason[], paint: Paint): string {
  return [paint("yellow", `Not built: ${oneLine(file, 120)}`), ...reasons.map((one) => `  ${sentence(one)}`)].join("\n");
}

export function refusedJson(file: string, reasons: readonly Reason[]): Record<string, unknown> {
  return { type: "spec-refused", file, reasons: reasons.map(worded) };
}
