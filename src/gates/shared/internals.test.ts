import assert from "node:assert/strict";
import { test } from "node:test";
import { isInternal } from "./internals.ts";

test("git's own names under every spelling that some file system opens", () => {
  const bad = [
    ".git", ".GIT", ".git ", ".git.", ".git. .", "GIT~1", "git~2", ".git::$INDEX_ALLOCATION", ".g\u200cit", "\ufeff.git",
    ".gitmodules", ".GitModules", "GITMOD~1", "gi7eba~1", ".gitattributes", "gitatt~1", ".stet", ".Stet ", "STET~1",
  ];
  for (const segment of bad) assert.ok(isInternal(segment), JSON.stringify(segment));
});

test("names that only look alike are anybody's", () => {
  for (const segment of ["git", ".github", ".gitlab-ci.yml", ".gitignore", ".gitkeep", "a.git", "stet", "", "..."]) {
    assert.ok(!isInternal(segment), segment);
  }
});
