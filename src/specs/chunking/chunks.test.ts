/** The laws of cutting: nothing of a spec is lost, order stays, nothing waits in a circle, and the bounds hold. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Chunk, Task } from "../../domain/task.ts";
import { circleIn } from "../shared/circles.ts";
import { chunksOf, MAX_CHUNKS, type ChunkingOptions } from "./chunks.ts";
import { blocksOf } from "./blocks.ts";

const OPTIONS: ChunkingOptions = { maxTokens: 1_000_000, sizeOf: () => 0, optional: false };

function task(id: string, parts: Partial<Task> = {}): Task {
  const at = { file: "PLAN.md", line: 1, column: 1 };
  return { id, title: id, instructions: "", dependencies: [], files: [], acceptance: [], section: ["S"], at, isDone: false, isOptional: false, isParallel: false, ...parts };
}

function cut(tasks: readonly Task[], options: Partial<ChunkingOptions> = {}): readonly Chunk[] {
  const chunked = chunksOf({ file: "PLAN.md", tasks }, { ...OPTIONS, ...options });
  assert.ok(chunked.ok, JSON.stringify(chunked));
  return chunked.chunks;
}

test("a task is a chunk, what it waits for comes first, and optional ones are left out", () => {
  const chunks = cut([task("b", { dependencies: ["a"] }), task("a"), task("o", { isOptional: true }), task("c")]);
  assert.deepEqual(chunks.map(({ id, dependencies, completes }) => [id, dependencies, completes]), [["a", [], ["a"]], ["b", ["a"], ["b"]], ["c", [], ["c"]]]);
  assert.equal(cut([task("o", { isOptional: true })], { optional: true }).length, 1);
});

test("300 boxes become at most a hundred chunks, by headings; more headings than that are refused", () => {
  const many = Array.from({ length: 300 }, (_, index) => task(`t${index}`, { section: ["P", `S${Math.floor(index / 20)}`] }));
  const chunks = cut(many);
  assert.ok(chunks.length <= MAX_CHUNKS && chunks.length > 50);
  assert.deepEqual(chunks.flatMap(({ completes }) => completes), many.map(({ id }) => id));
  assert.ok(chunks.every(({ tasks }) => new Set(tasks.map(({ section }) => section.join())).size === 1));
  const apart = chunksOf({ file: "PLAN.md", tasks: many.map((one, index) => ({ ...one, section: [`S${index}`] })) }, OPTIONS);
  assert.ok(!apart.ok && apart.reason.code === "too-many-chunks");
});

test("the same spec is cut the same way when some of it is done", () => {
  const many = Array.from({ length: 150 }, (_, index) => task(`t${index}`));
  const ids = cut(many).map(({ id }) => id);
  assert.deepEqual(cut(many.map((one, index) => ({ ...one, isDone: index % 3 === 0 }))).map(({ id }) => id), ids);
});

const words = fc.array(fc.constantFrom("- one `src/a.ts`", "- two\n  more of `src/b.ts`", "A paragraph.", "", "```\n- code\n```", "3. three `src/c.ts`"), { maxLength: 12 }).map((lines) => lines.map((line, index) => (line === "" ? "" : `${line} ${index}`)).join("\n"));
const someTasks = fc.array(fc.record({ instructions: words, files: fc.uniqueArray(fc.constantFrom("src/a.ts", "src/b.ts", "src/c.ts", "src/d.ts", "src/e.ts")), waits: fc.array(fc.nat(), { maxLength: 3 }), section: fc.nat(3) }), { minLength: 1, maxLength: 15 });

test("halves keep all words and files in their order, wait for one another, and only the last completes", () => {
  fc.assert(
    fc.property(someTasks, fc.integer({ min: 1, max: 400 }), (made, maxTokens) => {
      const tasks = made.map(({ waits, section, ...one }, index) => task(`t${index}`, { ...one, section: [`S${section}`], dependencies: index === 0 ? [] : waits.map((wait) => `t${wait % index}`) }));
      const chunks = cut(tasks, { maxTokens, sizeOf: () => 300 });
      assert.equal(circleIn(new Map(chunks.map(({ id, dependencies }) => [id, dependencies]))), undefined);
      assert.deepEqual(chunks.flatMap(({ completes }) => completes).sort(), tasks.map(({ id }) => id).sort());
      for (const { id, instructions, files } of tasks) {
        const parts = chunks.filter((chunk) => chunk.tasks.some((one) => one.id === id));
        assert.ok(parts.length <= 8);
        assert.deepEqual(parts.slice(1).map(({ dependencies }) => dependencies), parts.slice(0, -1).map((part) => [part.id]));
        // A part that is cut by its files has the same words as its other half; no two blocks are alike here.
        assert.equal(parts.filter((part, index) => part.instructions !== parts[index - 1]?.instructions).map((part) => part.instructions).join("\n"), instructions);
        assert.deepEqual([...new Set(parts.flatMap((part) => part.files))].sort(), [...files].sort());
        for (const part of parts) assert.deepEqual(part.files, files.filter((file) => part.files.includes(file)));
      }
    }),
    { numRuns: 300 },
  );
});

test("blocks are the text again when they are joined", () => {
  fc.assert(fc.property(words, (text) => blocksOf(text).join("\n") === text));
});
