/** The example of mixed inputs does what its page says: it looks for itself at what landed, and says so by its exit code. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { CLI } from "./support/cli.ts";
import { packageRoot, temporaryFolder } from "./support/workspace.ts";

test("rows, SARIF and rdjson end to end without a model", () => {
  using cache = temporaryFolder();
  const env = { ...process.env, STET_CACHE_DIR: cache.root, STET_TEST_CLI: CLI, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(packageRoot, "examples/apply.ts")], { encoding: "utf8", env });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /Read 8 suggestions: 1 superseded by a later review, 2 not eligible, 1 part unreadable/);
  for (const part of ["Landed 3 commits", "Held for a person: 1 proposal", "1 × worse", "1 × refused", "Not tried: 3 suggestions", "Landed 1 commit on"]) assert.ok(stdout.includes(part), part);
});
