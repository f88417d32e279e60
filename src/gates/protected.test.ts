import assert from "node:assert/strict";
import { test } from "node:test";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./protected.ts";
import { CHECK_DEFINITIONS, NEW_TESTS, TESTS } from "./shared/protected-defaults.ts";

const protects = [...CHECK_DEFINITIONS, ...TESTS];

function refused(files: readonly string[], allowPaths: readonly string[] = []): unknown[] {
  const edits = files.map((file) => edit(file, 0, null, "x"));
  return gate.judge(propose(edits), context({}, { protects, allowPaths })).map(({ args }) => args["file"]);
}

test("GOOD: code", () => {
  assert.deepEqual(refused(["src/a.ts", "src/testing.ts", "docs/package.md"]), []);
});

test("BAD: the definitions of checks, and tests", () => {
  const files = ["package.json", "packages/a/tsconfig.json", ".github/workflows/ci.yml", "src/a.test.ts", "test/a.ts"];
  assert.deepEqual(refused(["src/a.ts", ...files]), files);
});

test("an allowed path is allowed, and no other", () => {
  assert.deepEqual(refused(["src/a.test.ts", "src/b.test.ts"], ["src/a.test.ts"]), ["src/b.test.ts"]);
  assert.deepEqual(refused(["test/a.ts", "src/b.test.ts"], ["test/"]), ["src/b.test.ts"]);
});

test("where tests may be added, a new one passes; one that is there and a definition of a check do not", () => {
  const parts = { protects: [...TESTS, ...CHECK_DEFINITIONS, "**/*_test.go"], mayAdd: NEW_TESTS };
  const refused = (file: string, base: Record<string, string> = {}): boolean => {
    const known = base[file] === undefined ? { [file]: { kind: "absent" as const } } : base;
    return gate.judge(propose([edit(file, 0, base[file] ?? null, "new")]), context(known, parts)).length > 0;
  };
  assert.deepEqual(["test/a.test.ts", "src/a.spec.js", "tests/unit/a.py", "test_a.py", "a_test.go"].filter((file) => refused(file)), []);
  const held = ["conftest.py", "tests/conftest.py", "package.json", "test/package.json", "src/__snapshots__/a.test.ts.snap", "vitest.config.test.ts", "src/__mocks__/a.test.ts"];
  assert.deepEqual(held.filter((file) => !refused(file)), []);
  assert.equal(refused("test/a.test.ts", { "test/a.test.ts": "old" }), true);
});
