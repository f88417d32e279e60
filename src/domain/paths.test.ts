import assert from "node:assert/strict";
import { test } from "node:test";
import { isBelow, normalPath, pathBelow, segmentsOf, withLeadingFolders } from "./paths.ts";

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

test("a path of somebody else's is one of the repository, or none", () => {
  const roots = ["/home/ada/repository"];
  for (const path of ["src/a.ts", "./src//a.ts", "src\\a.ts", "x/../src/a.ts", "/home/ada/repository/src/a.ts"]) {
    assert.equal(pathBelow(path, roots), "src/a.ts", path);
  }
  const outside = ["", ".", "/", "../a.ts", "src/../../a.ts", "/etc/passwd", "/home/ada/repository", "/home/ada/repository-old/a.ts", "/home/ada/repository/../a.ts", "C:\\a.ts", "\\\\host\\a", "a\0b", "a\nb"];
  for (const path of outside) assert.equal(pathBelow(path, roots), undefined, JSON.stringify(path));
  assert.equal(pathBelow("C:\\work\\src\\a.ts", ["C:\\work"]), "src/a.ts");
  assert.equal(pathBelow("%2e%2e/a.ts", roots), "%2e%2e/a.ts", "nothing is decoded: a name may look so");
});
