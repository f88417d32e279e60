import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpec, refusedSpec, waits } from "../../test/support/spec-read.ts";
import { SPEC_KIT } from "../../test/support/specs.ts";
import { reader } from "./spec-kit.ts";

const file = "specs/001-alarm/tasks.md";

test("numbers, marks and the story's independent test are read off", async () => {
  const { tasks, slug, context } = await readSpec(reader, file, SPEC_KIT);
  assert.deepEqual([slug, context], ["001-alarm", ["specs/001-alarm/spec.md", "specs/001-alarm/plan.md"]]);
  const bell = tasks.find(({ number }) => number === "T006");
  assert.deepEqual([bell?.title, bell?.isParallel, bell?.files, bell?.acceptance], ["The bell in src/bell.ts", true, ["src/bell.ts"], ["Set an alarm for now and hear it."]]);
});

test("phases follow one another, stories stand beside each other, [P] beside its neighbours", async () => {
  const spec = await readSpec(reader, file, SPEC_KIT);
  const numbers = new Map(spec.tasks.map(({ title, number = "" }) => [title, number]));
  const told = Object.entries(waits(spec)).map(([title, before]) => `${numbers.get(title) ?? ""} ${before.map((one) => numbers.get(one) ?? "").join(" ")}`.trim());
  assert.deepEqual(told, ["T001", "T002 T001", "T003 T001", "T004 T002 T003", "T005 T004", "T006 T004", "T007 T005 T006", "T008 T004", "T009 T004 T007 T008"]);
});

test("a question that is open in spec.md or plan.md stops it there", async () => {
  const spec = "# Spec\n\n- **FR-002**: Sign in via [NEEDS CLARIFICATION: which way?]\n";
  assert.deepEqual(await refusedSpec(reader, file, "- [ ] T001 a\n", { "specs/001-alarm/spec.md": spec }), [["needs-clarification", 3]]);
});
