import assert from "node:assert/strict";
import { test } from "node:test";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./scope.ts";

function outside(files: readonly string[], scope: readonly string[]): unknown[] {
  const edits = files.map((file) => edit(file, 0, null, "x"));
  return gate.judge(propose(edits), context({}, { scope })).map(({ args }) => args["file"]);
}

test("GOOD: below a named path, or no path named", () => {
  assert.deepEqual(outside(["src/a.ts", "lib/b/c.ts", "one.ts"], ["src/", "./lib/b", "one.ts"]), []);
  assert.deepEqual(outside(["anything"], []), []);
  assert.deepEqual(outside(["anything"], ["."]), []);
});

test("BAD: beside it, above it, or out of it again", () => {
  assert.deepEqual(outside(["src/a.ts", "src-old/a.ts"], ["src"]), ["src-old/a.ts"]);
  assert.deepEqual(outside(["package.json"], ["src"]), ["package.json"]);
  assert.deepEqual(outside(["src/../x.ts"], ["src"]), ["src/../x.ts"]);
  assert.deepEqual(outside(["Src/a.ts"], ["src"]), ["Src/a.ts"]);
});
