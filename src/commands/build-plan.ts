/**
 * The chunks of a spec as this run has to see them: cut by what stood where the row of parts begins, so that they are the
 * same in every run; done by what stands now, and by the record.
 */
import { EXIT, Problem } from "../domain/problem.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import { treeOf } from "../system/folders.ts";
import type { BuildOptions } from "./build-options.ts";
import { isAncestor } from "./build-place.ts";
import { DEFAULT_CHUNK_TOKENS, readOne } from "./find-specs.ts";
import type { Placed } from "./place-spec.ts";
import { openProject } from "./project.ts";
import type { Session } from "./session.ts";

export interface BuildPlan {
  readonly spec: Spec;
  readonly chunks: readonly Chunk[];
  /** Ids of those that need not be built. */
  readonly done: ReadonlySet<string>;
  /** Built once, on a branch that is deleted: they are left alone, and so is what waits for them. */
  readonly gone: ReadonlySet<string>;
}

/** Throws `Problem` (65) where the spec cannot be built as it stands. */
export async function planFor({ shadow, run, tree, repository }: Session, { place, record, reader }: Placed, { chunkTokens: maxTokens = DEFAULT_CHUNK_TOKENS, optional = false }: BuildOptions): Promise<BuildPlan> {
  const { file } = record.state;
  const at = async (of: string): Promise<ReturnType<typeof readOne>> => readOne(file, reader, await openProject(shadow.git, of, ""), { maxTokens, optional });
  const [cut, now] = [await at(await treeOf(shadow.git, place.rowBase)), await at(tree)];
  const found = "planned" in cut ? now : cut;
  if (!("planned" in cut) || !("planned" in found)) throw new Problem("spec-refused", refusal(found), EXIT.badInput);
  const { spec, chunks } = cut.planned;
  const ticked = new Set(found.planned.spec.tasks.filter(({ isDone }) => isDone).map(({ id }) => id));
  const done = new Set<string>();
  const gone = new Set<string>();
  for (const { id, title, tasks } of chunks) {
    const recorded = record.state.chunks[id];
    const isReached = recorded !== undefined && (await isAncestor(repository.git, recorded.commit, run.parent));
    if (tasks.every((task) => ticked.has(task.id)) || isReached) done.add(id);
    else if (recorded) {
      gone.add(id);
      run.notice("chunk-gone", { title, ref: recorded.ref });
    }
  }
  return { spec, chunks, done, gone };
}

function refusal(found: Awaited<ReturnType<typeof readOne>>): Problem["args"] {
  const [first] = "reasons" in found ? found.reasons : [];
  return { file: found.file, code: first?.code ?? "", line: Number(first?.args["line"] ?? 0) };
}
