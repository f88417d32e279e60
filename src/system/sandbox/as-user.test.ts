/** Root has powers that hide faults. Where the tests run as root, those of containment run once more as nobody. */
import assert from "node:assert/strict";
import { chmodSync, cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packageRoot, temporaryFolder } from "../../../test/support/workspace.ts";
import { run } from "../process.ts";

const TESTS = [
  "src/system/files.test.ts",
  "src/system/process.test.ts",
  "src/system/sandbox.test.ts",
  "src/system/sandbox/filesystem.test.ts",
  "src/system/sandbox/sweep.test.ts",
  "src/trial/dependencies.test.ts",
  "src/trial/worktree.test.ts",
];
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

// Who is a normal user already has run them: no second time, and nothing that counts as skipped.
const asRoot: (name: string, body: () => Promise<void>) => unknown = isRoot ? test : () => undefined;

asRoot("containment holds for a normal user", async () => {
  using home = temporaryFolder();
  chmodSync(home.root, 0o777);
  // A copy outside of root's folders, since a container's `/root` is closed to others.
  const node = join(home.root, "node");
  cpSync(process.execPath, node);
  const user = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--"];
  const { ended, stdout, stderr } = await run({
    argv: [...user, node, "--test", "--test-reporter=spec", ...TESTS],
    cwd: packageRoot,
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: home.root, TMPDIR: home.root, NODE_COMPILE_CACHE: join(home.root, "compiled") },
    // More than they take on a busy machine: it is there for what hangs.
    timeoutMs: 800_000,
  });
  assert.deepEqual(ended, { kind: "exited", code: 0 }, `${stdout}\n${stderr}`);
  assert.match(stdout, /pass [1-9]\d+/);
});
