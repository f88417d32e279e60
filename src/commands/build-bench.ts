/** The door from a chunk to the session's worktree, and what the spec has to say once a chunk is done. */
import type { Edit } from "../domain/edit.ts";
import type { SpecReader } from "../domain/plugin.ts";
import { proposal } from "../domain/proposal.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import type { Bench } from "../engine/build/bench.ts";
import { compose } from "../system/compose.ts";
import { difference } from "../trial/difference.ts";
import { openProject } from "./project.ts";
import type { Session } from "./session.ts";

export function benchOf({ kit, shadow, worktree }: Pick<Session, "kit" | "shadow" | "worktree">, reader: SpecReader, file: string): Bench {
  const { measure } = kit.trial;
  return {
    async open(tree, edits) {
      const draft = proposal({ by: "build", rung: 0, base: tree, title: "", safety: "unsafe", findings: [], edits });
      // Whoever worked here last has left something, whatever tree it was set to.
      measure.soil();
      return measure.workspace(edits.length === 0 ? tree : await compose(shadow.git, tree, [draft]));
    },
    async changed(tree) {
      const captured = await worktree.capture();
      await worktree.forgetDependencies();
      measure.soil();
      return difference(shadow.git, tree, captured);
    },
    async ticks(tree, chunk) {
      const read = await reader.read(file, await openProject(shadow.git, tree, ""));
      return read.ok ? ticksFor(read.spec, chunk) : [];
    },
  };
}

/** Of its tasks, and of each box above them of which all else is done. */
function ticksFor({ tasks, groups }: Spec, { completes }: Chunk): Edit[] {
  const open = new Set(tasks.filter(({ id, isDone }) => !isDone && !completes.includes(id)).map(({ id }) => id));
  const own = tasks.flatMap(({ id, tick }) => (tick && completes.includes(id) ? [tick] : []));
  const above = groups.filter((group) => group.tasks.some((id) => completes.includes(id)) && group.tasks.every((id) => !open.has(id)));
  return [...own, ...above.map(({ tick }) => tick)];
}
