import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { plainWorkspace } from "../../../test/support/workspace.ts";
import { realEdits } from "./real-edits.ts";

test("a BOM moves every position by one", async () => {
  using workspace = plainWorkspace({ "bom.ts": "\uFEFFlet a;", "plain.ts": "let a;" });
  const edits = await realEdits(workspace)([
    { file: "bom.ts", start: 4, before: "a", after: "b" },
    { file: "plain.ts", start: 4, before: "a", after: "b" },
  ]);
  assert.deepEqual(edits?.map(({ start }) => start), [5, 4]);
});

test("one edit that is not real makes the whole set unusable", async () => {
  using workspace = plainWorkspace({ "a.ts": "let a;" });
  writeFileSync(join(workspace.root, "latin.ts"), Buffer.from("let \xe9;", "latin1"));
  const toReal = realEdits(workspace);
  const good = { file: "a.ts", start: 4, before: "a", after: "b" };
  assert.ok(await toReal([good]));
  for (const bad of [
    { ...good, before: "x" },
    { ...good, start: 99, before: "" },
    { ...good, file: "latin.ts", start: 0, before: "let" },
    { ...good, file: "gone.ts" },
    { ...good, file: "../a.ts" },
    { ...good, file: "x/../../a.ts" },
    { ...good, file: join(workspace.root, "a.ts") },
    { ...good, start: 0, before: null },
  ]) {
    assert.equal(await toReal([good, bad]), undefined, JSON.stringify(bad));
  }
  assert.deepEqual(await toReal([{ file: "new.ts", start: 0, before: null, after: "x" }]), [
    { file: "new.ts", start: 0, before: null, after: "x" },
  ]);
});
