/** Specs built through the engine's own loop on a real repository, with engines of a test's own that write into the worktrees. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Deadline, Engine as Worker, EngineEnd } from "../../src/domain/engine.ts";
import type { Check } from "../../src/domain/plugin.ts";
import type { Chunk, Spec, Task } from "../../src/domain/task.ts";
import type { Workspace } from "../../src/domain/workspace.ts";
import type { Bench } from "../../src/engine/build/bench.ts";
import { build, type BuildResult } from "../../src/engine/build/build.ts";
import { Engines } from "../../src/engine/build/engines.ts";
import type { BuildOptions, Fate } from "../../src/engine/build/options.ts";
import type { Kit } from "../../src/engine/kit.ts";
import { compose } from "../../src/system/compose.ts";
import { difference } from "../../src/trial/difference.ts";
import { engineOn, propose, type Engine, type Ground } from "./kit.ts";

export const PLAN = "PLAN.md";
export const SPEC: Spec = { file: PLAN, slug: "plan", title: "Plan", context: [], tasks: [], groups: [] };

export type Files = Readonly<Record<string, string | null>>;
type Script = (prompt: string, call: number, deadline: Deadline) => Files | EngineEnd | Promise<Files | EngineEnd>;

export type ScriptedEngine = Worker & { readonly prompts: string[] };

/** Writes what a script says for the chunk whose title stands in the prompt; null deletes. Nothing is ever objected to. */
export function scriptedEngine(name: string, script: Script): ScriptedEngine {
  const prompts: string[] = [];
  const run = async ({ root }: Workspace, prompt: string, deadline: Deadline): ReturnType<Worker["run"]> => {
    const files = await script(prompt, prompts.push(prompt) - 1, deadline);
    if (typeof files === "string") return { ended: files, said: "", usage: {}, reason: { by: name, code: "engine-timed-out", args: {} } };
    for (const [path, text] of Object.entries(files)) {
      const at = join(root, path);
      mkdirSync(dirname(at), { recursive: true });
      if (text === null) rmSync(at, { force: true });
      else writeFileSync(at, text);
    }
    return { ended: "done", said: isReview(prompt) ? "NO OBJECTIONS" : "I did it.", usage: { requests: 1 } };
  };
  return { name, prompts, run };
}

export function isReview(prompt: string): boolean {
  return prompt.startsWith("Look at");
}

export function chunk(id: string, dependencies: readonly string[] = []): Chunk {
  const at = { file: PLAN, line: 1, column: 1 };
  const task: Task = { id, title: `make ${id}.`, instructions: "", dependencies, files: [], acceptance: [], section: [], at, isDone: false, isOptional: false, isParallel: false };
  return { id, title: task.title, tasks: [task], instructions: "", files: [], acceptance: [], dependencies, completes: [id], tokens: 1 };
}

export interface Building extends Partial<Pick<BuildOptions, "chunkDeadlineMs" | "now" | "mayLand" | "carried" | "done">> {
  readonly checks: readonly Check[];
  readonly parallel?: number;
  readonly kit?: Partial<Kit>;
  /** The part that this one goes on from; it begins from `main` where absent. */
  readonly after?: Built;
  /** What it lands stays for another part. */
  readonly keeps?: boolean;
}

export interface Built {
  readonly result: BuildResult;
  readonly fates: Readonly<Record<string, Fate>>;
  readonly engine: Engine;
}

export async function buildOn(place: Ground, chunks: readonly Chunk[], engines: readonly Worker[], { checks, parallel = 1, kit: parts = {}, after, keeps = false, ...options }: Building): Promise<Built> {
  const engine = await engineOn(place, { checks, tip: after?.engine.kit.run.tip ?? null });
  const fates: Record<string, Fate> = {};
  const kit: Kit = { ...engine.kit, policy: { ...engine.kit.policy, protects: ["*.test.ts"] }, ...parts };
  try {
    const result = await build(kit, {
      ...{ spec: SPEC, chunks, done: new Set<string>(), tree: place.tree, readings: engine.readings, chunkDeadlineMs: 60_000, now: () => 0, carried: [] },
      ...(after && { tree: after.result.tree, readings: after.result.readings, carried: after.result.carried }),
      benches: parallel === 1 ? [sharedBench(place, kit)] : Array.from({ length: parallel }, (_, number) => ownBench(place, number)),
      engines: new Engines(engines, kit.listen),
      mayLand: () => Promise.resolve(undefined),
      message: ({ title }) => title,
      settled: (one, fate) => {
        fates[one.id] = fate;
        return Promise.resolve();
      },
      ...options,
    });
    return { result, fates, engine };
  } finally {
    // What a run has landed is not there for the next one.
    if (engine.kit.run.tip !== null && !keeps) place.git("update-ref", "-d", "refs/heads/stet/test");
  }
}

function sharedBench({ shadow, worktree }: Ground, { trial: { measure } }: Kit): Bench {
  return {
    open: async (tree, edits) => {
      measure.soil();
      return measure.workspace(edits.length === 0 ? tree : await compose(shadow.git, tree, [propose({ tree }, [], edits)]));
    },
    changed: async (tree) => {
      const captured = await worktree.capture();
      measure.soil();
      return difference(shadow.git, tree, captured);
    },
    ticks: () => Promise.resolve([]),
  };
}

function ownBench({ shadow, desk }: Ground, number: number): Bench {
  const worktree = desk(number);
  return {
    open: async (tree, edits) => worktree.open(edits.length === 0 ? tree : await compose(shadow.git, tree, [propose({ tree }, [], edits)])),
    changed: async (tree) => difference(shadow.git, tree, await worktree.capture()),
    ticks: () => Promise.resolve([]),
  };
}
