/** What is built can be started: tests run the sources, users do not. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../src/system/process.ts";
import { packageRoot, temporaryFolder } from "./support/workspace.ts";

test("no built file imports a source", async () => {
  using out = temporaryFolder();
  const argv = [process.execPath, join(packageRoot, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", out.root];
  const outcome = await run({ argv, cwd: packageRoot, env: {}, timeoutMs: 120_000 });
  assert.deepEqual(outcome.ended, { kind: "exited", code: 0 }, outcome.stdout);
  const files = globSync("**/*.js", { cwd: out.root });
  assert.ok(files.length > 200);
  const wrong = files.filter((file) => /(?:from|import\() ?"[.]{1,2}\/[^"]*\.ts"/.test(readFileSync(join(out.root, file), "utf8")));
  assert.deepEqual(wrong, []);
});
