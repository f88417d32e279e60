/** Chunks through the engine's own loop on a real repository, with engines of the test's own that write into the worktree. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Engine } from "../../domain/engine.ts";
import type { Chunk } from "../../domain/task.ts";
import { buildOn, chunk, PLAN, scriptedEngine as engineOf, type Building, type Built } from "../../../test/support/building.ts";
import { badLines, checkOf, ground } from "../../../test/support/kit.ts";

const place = await ground({ [PLAN]: "- [ ] a\n- [ ] b\n- [ ] c\n", "src/a.txt": "", "src/b.txt": "", "src/c.txt": "", "test/kept.test.ts": "kept\n" });
after(() => place[Symbol.dispose]());

const CHECKS = [checkOf("bad", badLines("src/a.txt", "src/b.txt", "src/c.txt"))];
const built = (chunks: readonly Chunk[], engines: readonly Engine[], options: Partial<Building> = {}): Promise<Built> => buildOn(place, chunks, engines, { checks: CHECKS, ...options });

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
  const plan = await built([chunk("a")], [engineOf("one", () => ({ [PLAN]: "- [x] a\n- [x] b\n- [x] c\n" }))]);
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
