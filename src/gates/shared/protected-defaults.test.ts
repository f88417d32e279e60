import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../../../test/support/gates.ts";
import { isProtected } from "./globs.ts";
import { CHECK_DEFINITIONS, TESTS } from "./protected-defaults.ts";

test("check definitions are found wherever they stand", () => {
  const under = policy({ protects: CHECK_DEFINITIONS });
  const bad = [
    "package.json", "packages/a/package.json", "bun.lockb", "tsconfig.build.json", "packages/a/tsconfig.json",
    "eslint.config.mjs", ".eslintrc", ".eslintrc.cjs", "biome.jsonc", "vitest.workspace.ts", "vite.config.ts",
    "jest.config.ts", ".github/workflows/ci.yml", ".gitlab-ci.yml", ".circleci/config.yml", "stet.config.json",
    ".prettierrc", ".npmrc", ".editorconfig", "playwright.config.ts", ".husky/pre-commit",
  ];
  for (const path of bad) assert.ok(isProtected(path, under), path);
  for (const path of ["src/package.ts", "src/a.ts", "src/config.ts", "README.md"]) assert.ok(!isProtected(path, under), path);
});

test("tests are found by name and by folder", () => {
  const under = policy({ protects: TESTS });
  const bad = [
    "src/a.test.ts", "src/a.spec.tsx", "types.test-d.ts", "src/__tests__/a.ts", "test/a.ts", "packages/a/tests/x/b.mjs",
    "src/__snapshots__/a.test.ts.snap", "a.snap", "pkg/test_a.py", "src/__mocks__/fs.ts",
  ];
  for (const path of bad) assert.ok(isProtected(path, under), path);
  for (const path of ["src/a.ts", "src/latest/a.ts", "src/contest.ts", "test/data.json"]) {
    assert.ok(!isProtected(path, under), path);
  }
});
