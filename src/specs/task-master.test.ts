import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpec, refusedSpec, waits } from "../../test/support/spec-read.ts";
import { TASK_MASTER } from "../../test/support/specs.ts";
import { reader } from "./task-master.ts";

const file = ".taskmaster/tasks/tasks.json";
const listed = (...tasks: readonly object[]): string => JSON.stringify({ tasks }, null, 1);

test("the current tag's tasks, subtasks in place of their task, its own dependencies", async () => {
  const spec = await readSpec(reader, file, TASK_MASTER);
  assert.equal(spec.slug, "tasks-feature");
  assert.deepEqual(waits(spec), { "Set up": [], Hash: ["Set up"], Compare: ["Hash", "Set up"], "Sign out": ["Hash", "Compare", "Set up"], Later: [] });
  assert.deepEqual(spec.tasks.find(({ title }) => title === "Hash")?.acceptance, ["A wrong one is refused"]);
});

test("a plain list is read as well, and `master` where no tag is current", async () => {
  const plain = await readSpec(reader, "tasks/tasks.json", { "tasks/tasks.json": listed({ id: 1, title: "a", status: "pending" }) });
  assert.deepEqual([plain.slug, plain.tasks[0]?.number], ["tasks", "1"]);
  const { [file]: text = "" } = TASK_MASTER;
  assert.deepEqual((await readSpec(reader, file, { [file]: text })).tasks.map(({ title }) => title), ["Not this tag"]);
});

test("what cannot be read has its line", async () => {
  assert.deepEqual(await refusedSpec(reader, file, '{\n "tasks": [\n'), [["spec-not-json", 3]]);
  assert.deepEqual(await refusedSpec(reader, file, '{ "tasks": {} }'), [["spec-shape", undefined]]);
  assert.deepEqual(await refusedSpec(reader, file, listed({ id: 1, title: "a", status: "pending" }, { id: 2 })), [["spec-shape", 8]]);
  assert.deepEqual(await refusedSpec(reader, file, listed({ id: 1, title: "a", dependencies: [9] })), [["unknown-dependency", 3]]);
  assert.deepEqual(await refusedSpec(reader, file, listed({ id: 1, title: "a", dependencies: [2] }, { id: 2, title: "b", dependencies: [1] })), [["tasks-in-a-circle", 3]]);
});
