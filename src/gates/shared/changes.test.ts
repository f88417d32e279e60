import assert from "node:assert/strict";
import { test } from "node:test";
import { context, edit, propose } from "../../../test/support/gates.ts";
import { changesOf } from "./changes.ts";

test("each file comes once, with all its edits made", () => {
  const edits = [edit("a.ts", 0, "a", "A"), edit("b.ts", 0, null, "new"), edit("a.ts", 2, "c", "C")];
  const changes = changesOf(propose(edits), context({ "a.ts": "abc" }));
  assert.deepEqual(
    changes.map(({ file, before, after }) => [file, before, after]),
    [["a.ts", "abc", "AbC"], ["b.ts", null, "new"]],
  );
});

test("what has no text, or does not fit, is left to other gates", () => {
  const edits = [edit("a.ts", 0, "x", "y"), edit("link", 0, "x", "y")];
  assert.deepEqual(changesOf(propose(edits), context({ "a.ts": "abc", link: { kind: "symlink" } })), []);
});
