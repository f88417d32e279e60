/** What the project itself prepares, through the command line: on a real repository, in the sandbox. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "../../../test/support/cli.ts";

const NETWORKS = "sed -n 's/ *\\(.*\\):.*/\\1/p' /proc/net/dev > deps/net.txt";
const config = (script: string): string =>
  JSON.stringify({
    checks: [{ name: "needs", run: ["sh", "check.sh"] }],
    prepare: { run: ["sh", "-c", script], inputs: ["deps.lock"], outputs: ["deps"] },
  });
const FILES = {
  ".gitignore": "/deps\n.stet\nnode_modules\n",
  "deps.lock": "1\n",
  "check.sh": "grep -q \"$(cat deps.lock)\" deps/made.txt && echo more >> deps/made.txt && grep -c more deps/made.txt | grep -qx 1\n",
  "stet.config.json": config(`mkdir deps; cp deps.lock deps/made.txt; cat /proc/sys/kernel/random/uuid >> deps/made.txt; ${NETWORKS}`),
};

function prepared(sandbox: Sandbox): string[] {
  const [shadow = ""] = readdirSync(join(sandbox.cache), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("/prepared"));
  const folder = join(sandbox.cache, shadow);
  return readdirSync(folder).map((key) => readFileSync(join(folder, key, "deps/made.txt"), "utf8"));
}

test("is made once for each state of its inputs, kept from what checks write, and laid into the tree", async () => {
  using sandbox = new Sandbox(FILES, { dependencies: false });
  const first = await sandbox.stet(["doctor"]);
  assert.equal(first.code, 0, first.stdout + first.stderr);
  const [made] = prepared(sandbox);
  assert.match(made ?? "", /^1\n[\w-]+\n$/);
  const other = await sandbox.stet(["try", "--", "sh", "-c", "echo text > other.txt"]);
  assert.match(other.stdout, /Kept 1 part/, other.stdout + other.stderr);
  assert.deepEqual(prepared(sandbox), [made], "another tree with the same inputs");
  const changed = await sandbox.stet(["try", "--allow-path", "deps.lock", "--", "sh", "-c", "echo 2 > deps.lock"]);
  assert.match(changed.stdout, /Kept 1 part/, changed.stdout + changed.stderr);
  assert.equal(prepared(sandbox).length, 2);
});

test("reaches the network only where a person says so", async () => {
  const networks = async (...flags: string[]): Promise<string> => {
    using sandbox = new Sandbox(FILES, { dependencies: false });
    assert.equal((await sandbox.stet(["doctor", ...flags])).code, 0);
    const path = readdirSync(sandbox.cache, { recursive: true, encoding: "utf8" }).find((one) => one.endsWith("deps/net.txt") && one.includes("/prepared/"));
    return readFileSync(join(sandbox.cache, path ?? ""), "utf8");
  };
  const here = [...readFileSync("/proc/net/dev", "utf8").matchAll(/^ *(.*?):/gm)].map(([, name = ""]) => name);
  assert.equal(await networks(), "lo\n");
  assert.equal(await networks("--prepare-network"), `${here.join("\n")}\n`);
});

test("a command that fails, or does not make what it should, is told, and leaves nothing to be found later", async () => {
  for (const [script, said] of [["echo no compiler >&2; exit 3", /no compiler/], ["true", /prepare-made-nothing/]] as const) {
    using sandbox = new Sandbox({ ...FILES, "stet.config.json": config(script) }, { dependencies: false });
    const run = await sandbox.stet(["repair"]);
    assert.equal(run.code, 78, run.stdout + run.stderr);
    assert.match(run.stdout + run.stderr, said);
    assert.deepEqual(prepared(sandbox), []);
  }
});
