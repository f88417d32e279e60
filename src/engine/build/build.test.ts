/** Chunks through the engine's own loop on a real repository, with engines of the test's own that write into the worktree. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import type { Engine, EngineEnd } from "../../domain/engine.ts";
import type { Chunk, Spec, Task } from "../../domain/task.ts";
import { compose } from "../../system/compose.ts";
import { difference } from "../../trial/difference.ts";
import { badLines, checkOf, engineOn, ground, propose } from "../../../test/support/kit.ts";
import { build, type BuildResult, type Fate } from "./build.ts";
import { Engines } from "./engines.ts";

const FILE = "PLAN.md";
const place = await ground({ [FILE]: "- [ ] a\n- [ ] b\n- [ ] c\n", "src/a.txt": "", "src/b.txt": "", "src/c.txt": "", "test/kept.test.ts": "kept\n" });
after(() => place[Symbol.dispose]());

type Files = Readonly<Record<string, string | null>>;

/** Writes what a script says for the chunk whose title stands in the prompt; null deletes. */
function engineOf(name: string, script: (prompt: string, call: number) => Files | EngineEnd): Engine & { readonly prompts: string[] } {
  const prompts: string[] = [];
  return {
    name,
    prompts,
    run: (workspace, prompt) => {
      const files = script(prompt, prompts.push(prompt) - 1);
      if (typeof files === "string") return Promise.resolve({ ended: files, said: "", usage: {}, reason: { by: name, code: "engine-timed-out", args: {} } });
      for (const [path, text] of Object.entries(files)) {
        const at = join(workspace.root, path);
        mkdirSync(dirname(at), { recursive: true });
        if (text === null) rmSync(at, { force: true });
        else writeFileSync(at, text);
      }
      return Promise.resolve({ ended: "done", said: prompt.startsWith("Look at") ? "NO OBJECTIONS" : "I did it.", usage: { requests: 1 } });
    },
  };
}

function chunk(id: string, dependencies: readonly string[] = []): Chunk {
  const at = { file: FILE, line: 1, column: 1 };
  const task: Task = { id, title: `make ${id}.`, instructions: "", dependencies, files: [], acceptance: [], section: [], at, isDone: false, isOptional: false, isParallel: false };
  return { id, title: task.title, tasks: [task], instructions: "", files: [], acceptance: [], dependencies, completes: [id], tokens: 1 };
}

const SPEC: Spec = { file: FILE, slug: "plan", title: "Plan", context: [], tasks: [], groups: [] };

async function built(chunks: readonly Chunk[], engines: readonly Engine[], { chunkDeadlineMs = 60_000, now = (): number => 0 } = {}): Promise<{ result: BuildResult; fates: Record<string, Fate>; engine: Awaited<ReturnType<typeof engineOn>> }> {
  const engine = await engineOn(place, { checks: [checkOf("bad", badLines("src/a.txt", "src/b.txt", "src/c.txt"))] });
  const fates: Record<string, Fate> = {};
  const kit = { ...engine.kit, policy: { ...engine.kit.policy, protects: ["*.test.ts"] } };
  const bench = {
    open: async (tree: string, edits: Parameters<Parameters<typeof build>[1]["bench"]["open"]>[1]) => {
      kit.trial.measure.soil();
      return kit.trial.measure.workspace(edits.length === 0 ? tree : await compose(place.shadow.git, tree, [propose({ tree }, [], edits)]));
    },
    changed: async (tree: string) => {
      const captured = await place.worktree.capture();
      kit.trial.measure.soil();
      return difference(place.shadow.git, tree, captured);
    },
    ticks: () => Promise.resolve([]),
  };
  const result = await build(kit, {
    ...{ spec: SPEC, chunks, done: new Set<string>(), tree: place.tree, readings: engine.readings, bench, chunkDeadlineMs, now },
    engines: new Engines(engines, kit.listen),
    mayLand: () => Promise.resolve(undefined),
    message: ({ title }) => title,
    settled: (one, fate) => {
      fates[one.id] = fate;
      return Promise.resolve();
    },
  });
  // What a run has landed is not there for the next one.
  if (engine.kit.run.tip !== null) place.git("update-ref", "-d", "refs/heads/stet/test");
  return { result, fates, engine };
}

const ids = (chunks: readonly Chunk[]): string[] => chunks.map(({ id }) => id);

test("independent chunks go on beside one that fails, and whoever waits for it waits", async () => {
  const engine = engineOf("one", (prompt) => (prompt.includes("make a.") ? { "src/a.txt": "BAD a\n" } : { "src/c.txt": "fine\n" }));
  const { result, fates } = await built([chunk("a"), chunk("b", ["a"]), chunk("c")], [engine]);
  assert.deepEqual([ids(result.built), ids(result.failed), ids(result.waiting)], [["c"], ["a"], ["b"]]);
  assert.ok(fates["a"]?.kind === "failed" && fates["a"].reasons.some(({ code }) => code === "new-finding"));
  // Once for the task and twice to mend it, each time told what the check has found.
  const told = engine.prompts.filter((prompt) => prompt.includes("make a."));
  assert.equal(told.length, 3);
  assert.match(told[1] ?? "", /not accepted[^]*src\/a\.txt:1 bad bad: a/);
});

test("an engine without room is left out of the rest of the run; with none left the run stops and says so", async () => {
  const limited = engineOf("limited", () => "rate-limited");
  const other = engineOf("other", (_, call) => (call < 2 ? { "src/a.txt": "fine\n" } : "rate-limited"));
  const { result, engine } = await built([chunk("a"), chunk("b")], [limited, other]);
  assert.deepEqual([ids(result.built), ids(result.failed), ids(result.waiting), result.halted?.code], [["a"], [], ["b"], "no-engine-left"]);
  assert.equal(limited.prompts.length, 1);
  assert.deepEqual(engine.of("notice").flatMap(({ reason: { code, args } }) => (code === "engine-left" ? [args["engine"]] : [])), ["limited", "other"]);
});

test("deleting a test, changing the plan and saying done without a change come to nothing", async () => {
  const deletes = await built([chunk("a")], [engineOf("one", () => ({ "src/a.txt": "fine\n", "test/kept.test.ts": null }))]);
  assert.ok(deletes.fates["a"]?.kind === "failed" && deletes.fates["a"].reasons.some(({ code }) => code === "protected-path"));
  const plan = await built([chunk("a")], [engineOf("one", () => ({ [FILE]: "- [x] a\n- [x] b\n- [x] c\n" }))]);
  assert.ok(plan.fates["a"]?.kind === "failed" && plan.fates["a"].reasons.every(({ code }) => code === "engine-changed-nothing"));
  assert.deepEqual(plan.engine.kit.run.landed, []);
});

test("the chunk's deadline is looked at before each call, and one that ran out of time is told as that", async () => {
  let time = 0;
  const engine = engineOf("one", () => {
    time += 60_000;
    return { "src/a.txt": "BAD again\n" };
  });
  const { fates } = await built([chunk("a")], [engine], { chunkDeadlineMs: 90_000, now: () => time });
  assert.equal(engine.prompts.length, 2);
  assert.ok(fates["a"]?.kind === "failed" && fates["a"].reasons.some(({ code }) => code === "chunk-deadline"));
  const hangs = await built([chunk("a")], [engineOf("one", () => "timed-out")]);
  assert.ok(hangs.fates["a"]?.kind === "failed" && hangs.fates["a"].reasons.some(({ code }) => code === "engine-timed-out"));
});
