/** Reads a spec's text with one reader, for what its test looks at. */
import assert from "node:assert/strict";
import type { SpecReader } from "../../src/domain/plugin.ts";
import type { Reason } from "../../src/domain/reason.ts";
import type { Spec, Task } from "../../src/domain/task.ts";
import { specProject, type SpecFiles } from "./specs.ts";

export async function readSpec(reader: SpecReader, file: string, files: SpecFiles): Promise<Spec> {
  const read = await reader.read(file, specProject(files));
  assert.ok(read.ok, JSON.stringify(read));
  return read.spec;
}

/** Code, line and what else is said. */
export async function refusedSpec(reader: SpecReader, file: string, text: string, more: SpecFiles = {}): Promise<(readonly [code: string, line: unknown])[]> {
  const read = await reader.read(file, specProject({ ...more, [file]: text }));
  if (read.ok) throw new Error("it was not refused");
  return read.reasons.map(({ code, args }: Reason) => [code, args["line"]] as const);
}

/** What each task waits for, by titles. */
export function waits({ tasks }: Pick<Spec, "tasks">): Record<string, string[]> {
  const title = (id: string): string => tasks.find((one) => one.id === id)?.title ?? id;
  return Object.fromEntries(tasks.map((task: Task) => [task.title, task.dependencies.map(title)]));
}
