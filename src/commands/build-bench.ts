/**
 * The doors from chunks to worktrees, and what the spec has to say once a chunk is done. One chunk alone is worked at where
 * checks run; several have a worktree each, where nothing else is done.
 */
import type { Edit } from "../domain/edit.ts";
import type { SpecReader } from "../domain/plugin.ts";
import { proposal } from "../domain/proposal.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import type { Workspace } from "../domain/workspace.ts";
import type { Bench } from "../engine/build/bench.ts";
import { compose } from "../system/compose.ts";
import { difference } from "../trial/difference.ts";
import type { Worktree } from "../trial/worktree.ts";
import { openProject } from "./project.ts";
import type { Session } from "./session.ts";

type Places = Pick<Session, "kit" | "shadow" | "worktree" | "desk">;

export function benchesOf(session: Places, reader: SpecReader, file: string, count: number): Bench[] {
  const { kit, worktree, desk } = session;
  const { measure } = kit.trial;
  const shared = { worktree, open: (tree: string) => measure.workspace(tree), soil: () => measure.soil() };
  const own = (at: Worktree): Place => ({ worktree: at, open: (tree) => at.open(tree), soil: () => undefined });
  return Array.from({ length: count }, (_, number) => benchAt(count === 1 ? shared : own(desk(number)), session, reader, file));
}

interface Place {
  readonly worktree: Worktree;
  readonly open: (tree: string) => Promise<Workspace>;
  /** Whoever worked here has left something, whatever tree it was set to. */
  readonly soil: () => void;
}

function benchAt({ worktree, open, soil }: Place, { shadow }: Places, reader: SpecReader, file: string): Bench {
  return {
    async open(tree, edits) {
      const draft = proposal({ by: "build", rung: 0, base: tree, title: "", safety: "unsafe", findings: [], edits });
      soil();
      return open(edits.length === 0 ? tree : await compose(shadow.git, tree, [draft]));
    },
    async changed(tree) {
      const captured = await worktree.capture();
      await worktree.forgetDependencies();
      soil();
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
