import assert from "node:assert/strict";
import { test } from "node:test";
import { edit, policy, propose } from "../../test/support/gates.ts";
import { patchesUsedUp } from "./patch-cap.ts";

test("models have so many edits of a file in a run, tools as many as they like", () => {
  const edits = { level: "mechanical", maxPatches: 2, maxPatchLines: 6 } as const;
  const strict = { ...policy(), edits };
  const by = (rung: number, ...files: readonly string[]) => propose(files.map((file) => edit(file, 0, "a", "b")), { rung });
  assert.equal(patchesUsedUp(by(2, "a", "a"), [by(2, "b", "b")], strict), undefined);
  assert.equal(patchesUsedUp(by(2, "a"), [by(2, "a"), by(0, "a")], strict), undefined);
  assert.deepEqual(patchesUsedUp(by(2, "b", "a"), [by(2, "a", "a")], strict)?.args, { file: "a", patches: 2, max: 2 });
  assert.equal(patchesUsedUp(by(0, "a"), [by(2, "a", "a")], strict), undefined);
  assert.equal(patchesUsedUp(by(2, "a"), [by(2, "a", "a")], { ...strict, edits: { ...edits, level: "local" } }), undefined);
});
