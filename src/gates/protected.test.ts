import assert from "node:assert/strict";
import { test } from "node:test";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./protected.ts";
import { CHECK_DEFINITIONS, TESTS } from "./shared/protected-defaults.ts";

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
