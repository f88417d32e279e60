import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpec, waits } from "../../test/support/spec-read.ts";
import { KIRO } from "../../test/support/specs.ts";
import { reader } from "./kiro.ts";

const file = ".kiro/specs/upload/tasks.md";

test("references bring the requirements' criteria, and items that are indented by one space belong to their box", async () => {
  const { tasks, title } = await readSpec(reader, file, KIRO);
  assert.equal(title, "upload");
  assert.deepEqual(tasks[0]?.acceptance, ["1.1: WHEN a file is sent THEN the system SHALL keep it"]);
  assert.match(tasks[0].instructions, /Create the folder structure/);
  assert.deepEqual(tasks[1]?.acceptance, ["1.2: IF it is too large THEN the system SHALL refuse it", "2.1: WHEN two have one name THEN both SHALL be kept"]);
});

test("each task waits for the last one that is not optional", async () => {
  const spec = await readSpec(reader, file, KIRO);
  assert.deepEqual(spec.tasks.map(({ isOptional }) => isOptional), [false, false, true, false]);
  assert.deepEqual(waits(spec)["Checkpoint: all tests pass"], ["Write the store in src/store.ts"]);
});
