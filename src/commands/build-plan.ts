/**
 * The chunks of a spec as this run has to see them: cut by what stood where the row of parts begins, so that they are the
 * same in every run; done by what stands now, and by the record.
 */
import { EXIT, Problem } from "../domain/problem.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import { treeOf } from "../system/folders.ts";
import { chunkingFor } from "./build-chunking.ts";
import type { BuildOptions } from "./build-options.ts";
import { isAncestor } from "./build-place.ts";
import { refusalExit } from "./chunking.ts";
import { readOne, type Found } from "./find-specs.ts";
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

/** Throws `Problem`: 65 where the spec cannot be built as it stands, 64 and 69 where a model cannot be asked to cut it, or cannot do it. */
export async function planFor(session: Session, { place, record, reader }: Placed, options: BuildOptions): Promise<BuildPlan> {
  const { shadow, run, tree, repository } = session;
  const { file } = record.state;
  const chunking = await chunkingFor(session, record, options);
  const at = async (of: string): Promise<Found> => readOne(file, reader, await openProject(shadow.git, of, ""), chunking);
  const cut = await at(await treeOf(shadow.git, place.rowBase));
  if ("reasons" in cut) throw refusal(session, cut);
  const now = await at(tree);
  if ("reasons" in now) throw refusal(session, now);
  const { spec, chunks } = cut.planned;
  const ticked = new Set(now.planned.spec.tasks.filter(({ isDone }) => isDone).map(({ id }) => id));
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

/** What else speaks against it is told before. */
function refusal({ kit }: Session, { file, reasons: [first, ...more] }: Extract<Found, { reasons: unknown }>): Problem {
  if (!first) throw new Error("refused without a reason");
  if (first.by === "spec") return new Problem("spec-refused", { file, code: first.code, line: Number(first.args["line"] ?? 0) }, EXIT.badInput);
  for (const reason of more) kit.listen({ type: "notice", reason });
  return new Problem(first.code, first.args, refusalExit(first));
}
