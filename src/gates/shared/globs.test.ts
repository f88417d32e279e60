import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../../../test/support/gates.ts";
import { isExempt, isProtected } from "./globs.ts";

test("a glob without a slash protects at any depth, in any letter case, dot files too", () => {
  const { protects } = { protects: ["package.json", ".npmrc"] };
  for (const path of ["package.json", "packages/a/package.json", "Package.JSON", ".npmrc", "a/.npmrc", "./package.json"]) {
    assert.ok(isProtected(path, policy({ protects })), path);
  }
  assert.ok(!isProtected("package.json.ts", policy({ protects })));
});

test("a glob with a slash protects the whole path only", () => {
  assert.ok(isProtected(".github/workflows/ci.yml", policy({ protects: [".github/**"] })));
  assert.ok(!isProtected("docs/.github/x", policy({ protects: [".github/**"] })));
});

test("a line feed in a name hides nothing", () => {
  assert.ok(isProtected("test/a\nb.ts", policy({ protects: ["test/**"] })));
});

test("an exemption is read to the letter", () => {
  const allowPaths = ["package.json", "test/", "docs/*.md"];
  for (const path of ["package.json", "test/a/b.ts", "docs/a.md"]) assert.ok(isExempt(path, policy({ allowPaths })), path);
  for (const path of ["a/package.json", "Package.json", "tests/a.ts", "docs/a/b.md"]) {
    assert.ok(!isExempt(path, policy({ allowPaths })), path);
  }
});

test("empty and negated globs match nothing by surprise", () => {
  assert.ok(!isExempt("src/a.ts", policy({ allowPaths: ["", "!docs/**"] })));
});
