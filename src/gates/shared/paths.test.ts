import assert from "node:assert/strict";
import { test } from "node:test";
import { isBelow, normalPath, segmentsOf, withLeadingFolders } from "./paths.ts";

test("the many spellings of one path are one", () => {
  for (const path of ["src/a.ts", "./src/a.ts", "src//a.ts", "src\\a.ts", "src/x/../a.ts"]) {
    assert.equal(normalPath(path), "src/a.ts");
  }
});

test("a path that leads out of the repository says so", () => {
  assert.deepEqual(segmentsOf("src/../../../etc"), ["..", "..", "etc"]);
});

test("prefixes are compared by segment", () => {
  assert.ok(isBelow(["src", "a.ts"], ["src"]));
  assert.ok(isBelow(["src", "a.ts"], []));
  assert.ok(!isBelow(["src-old", "a.ts"], ["src"]));
  assert.ok(!isBelow(["src"], ["src", "a.ts"]));
});

test("leading folders come outermost first", () => {
  assert.deepEqual(withLeadingFolders("a/b/c.ts"), ["a", "a/b", "a/b/c.ts"]);
});
