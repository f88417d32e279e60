/** Where configuration is read from, what it can do, and what is said where it or a check cannot be used. */
import assert from "node:assert/strict";
import { symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "./support/cli.ts";
import { assertTold, events, GREEN } from "./support/told.ts";

const CONFIG = "stet.config.json";
const named = (name: string): string => GREEN.replace('"ok"', JSON.stringify(name));
const checks = (...all: object[]): string => JSON.stringify({ checks: all });

/** The names of the checks that a run is held against. */
async function heldAgainst(sandbox: Sandbox, ...args: string[]): Promise<unknown> {
  const run = await sandbox.stet(["repair", "--json", ...args]);
  assert.equal(run.code, 0, run.stderr);
  return events(run).find(({ type }) => type === "run-started")?.["checks"];
}

test("configuration comes from the base commit, whatever the working file says", async () => {
  using sandbox = new Sandbox({ [CONFIG]: named("first") });
  writeFileSync(join(sandbox.root, CONFIG), "{ broken");
  assert.deepEqual(await heldAgainst(sandbox), ["first"]);
  writeFileSync(join(sandbox.root, CONFIG), named("second"));
  sandbox.git("commit", "-qam", "second");
  assert.deepEqual(await heldAgainst(sandbox), ["second"]);
  assert.deepEqual(await heldAgainst(sandbox, "--base", "HEAD~1"), ["first"]);
  writeFileSync(join(sandbox.root, "other.json"), named("other"));
  assert.deepEqual(await heldAgainst(sandbox, "--config", "other.json"), ["other"]);
});

test("a new file is used before it is committed, but not in place of package.json#stet", async () => {
  using sandbox = new Sandbox({});
  writeFileSync(join(sandbox.root, CONFIG), named("new"));
  const run = await sandbox.stet(["repair"]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /held against new\n/);
  assert.match(run.stderr, /stet\.config\.json is not in the commit that the run starts from; it is used as it stands/);
  writeFileSync(join(sandbox.root, "package.json"), `{ "name": "sample", "stet": ${named("manifest")} }`);
  sandbox.git("add", "package.json");
  sandbox.git("commit", "-qm", "manifest");
  assert.deepEqual(await heldAgainst(sandbox), ["manifest"]);
});

test("what is wrong with it is told with file, line and column: 78", async () => {
  using sandbox = new Sandbox({ [CONFIG]: '{\n  "maxFile": 3\n}\n' });
  assertTold(await sandbox.stet(["repair"]), 78, /^stet: stet\.config\.json:2:3: there is no option "maxFile"/);
  writeFileSync(join(sandbox.root, "mine.json"), "{");
  assertTold(await sandbox.stet(["try", "--config", "mine.json", "--", "true"]), 78, /^stet: mine\.json:1:2: Close brace expected$/);
  unlinkSync(join(sandbox.root, CONFIG));
  symlinkSync("mine.json", join(sandbox.root, CONFIG));
  sandbox.git("add", CONFIG);
  sandbox.git("commit", "-qm", "link");
  assertTold(await sandbox.stet(["repair"]), 78, /stet\.config\.json is not a text file in UTF-8/);
  sandbox.git("rm", "-q", CONFIG);
  writeFileSync(join(sandbox.root, "package.json"), '{ "stet": 5 }');
  sandbox.git("commit", "-qam", "manifest");
  assertTold(await sandbox.stet(["repair"]), 78, /^stet: package\.json:1:11: "stet": .*expected object, received number/);
});

test("without a check nothing can be judged: 78, with what to write", async () => {
  using sandbox = new Sandbox({});
  assertTold(await sandbox.stet(["repair"]), 78, /No checks were found.*stet\.config\.json: \{ "checks": \[\{ "name": "test", "run": \["npm", "test"\] \}\] \}/);
});

test("a check that cannot read the base stops the run before any proposal: 78, with its last words", async () => {
  using sandbox = new Sandbox({});
  const cases: [object, RegExp, string][] = [
    [{ run: ["no-such-tool"] }, /c cannot judge the base \(missing\)/, "no-such-tool"],
    [{ run: ["sh", "-c", "echo oops >&2; kill -9 $$"] }, /c cannot judge the base \(crashed\)/, "oops"],
    [{ run: ["sh", "-c", "echo waiting; sleep 60"], timeoutMs: 5_000 }, /c cannot judge the base \(timeout\)/, "waiting"],
    [{ use: "tsc", projects: ["nope.json"] }, /c cannot judge the base/, "nope.json"],
    [{ run: ["true"], cwd: "nope" }, /c cannot judge the base \(missing\)/, ""],
  ];
  for (const [check, line, words] of cases) {
    writeFileSync(join(sandbox.root, CONFIG), checks({ name: "c", ...check }));
    const run = await sandbox.stet(["repair", "--quiet"]);
    assertTold(run, 78, line);
    assert.ok(run.stderr.includes(words), run.stderr);
  }
  assert.equal(sandbox.branches().size, 0);
});

test("limits, denied and protected paths hold for a change; only the command line exempts", async () => {
  const config = { checks: [{ name: "ok", run: ["true"] }], maxChangedLines: 2, deny: ["docs"], protect: ["*.lock"] };
  using sandbox = new Sandbox({ [CONFIG]: JSON.stringify(config), "docs/a.md": "a\n", "x.lock": "1\n", "b.txt": "1\n2\n3\n4\n", "c.txt": "c\n" });
  const tool = "echo b > docs/a.md; echo 2 > x.lock; printf '5\\n6\\n7\\n8\\n' > b.txt; echo d > c.txt";
  const run = await sandbox.stet(["try", "--", "sh", "-c", tool]);
  assert.equal(run.code, 1, run.stderr);
  assert.deepEqual(sandbox.git("diff", "--name-only", "main", sandbox.branch()).split("\n"), ["c.txt"]);
  assert.match(run.stdout, /docs\/a\.md is below the denied path docs/);
  assert.match(run.stdout, /x\.lock is a test or defines a check/);
  assert.match(run.stdout, /the limit is 2 \(maxChangedLines\)/);

  const exempt = ["--allow-path", "docs/**", "--allow-path", "x.lock", "--allow", "size"];
  const loose = await sandbox.stet(["try", ...exempt, "--fresh", "--", "sh", "-c", tool]);
  assert.equal(loose.code, 0, loose.stdout + loose.stderr);
  assert.match(loose.stdout, /Kept 4 parts/);
});

test("every kind of check reads a project that has it", async () => {
  const project = {
    [CONFIG]: checks(
      { name: "types", use: "tsc" },
      { name: "lint", use: "eslint", paths: ["src"] },
      { name: "node", use: "node-test", run: ["node", "--test", "test/node.test.mjs"] },
      { name: "vitest", use: "vitest", run: ["vitest", "run", "test/vitest.test.mjs"] },
      { name: "jest", use: "jest", run: ["jest", "test/jest.test.cjs"] },
      { name: "bare", run: ["sh", "-c", 'test "$A" = 1 && test -f a.mjs'], cwd: "src", env: { A: "1" } },
      { name: "named", use: "command", run: ["test", "-f", "src/a.mjs"] },
    ),
    "tsconfig.json": '{ "compilerOptions": { "noEmit": true, "skipLibCheck": true, "lib": ["es2022"], "types": [], "checkJs": true, "module": "nodenext" }, "include": ["src"] }',
    "eslint.config.js": 'export default [{ rules: { "no-var": "error" } }];\n',
    "src/a.mjs": "export const a = 1;\n",
    "test/node.test.mjs": 'import { test } from "node:test";\ntest("one", () => undefined);\n',
    "test/vitest.test.mjs": 'import { test } from "vitest";\ntest("one", () => undefined);\n',
    "test/jest.test.cjs": 'test("one", () => undefined);\n',
  };
  using sandbox = new Sandbox(project, { dependencies: "all" });
  const run = await sandbox.stet(["doctor", "--json"]);
  const read = events(run).filter(({ area }) => area === "checks");
  assert.equal(run.code, 0, JSON.stringify(read, null, 1));
  const details = new Map(read.map(({ name, detail }) => [String(name), String(detail).replace(/, \d+ ms$/, "")]));
  const test_ = (use: string): string => `${use} (configured): 0 findings, 1 test`;
  assert.deepEqual(Object.fromEntries(details), {
    types: "tsc (configured): 0 findings", lint: "eslint (configured): 0 findings", bare: "command (configured): 0 findings",
    named: "command (configured): 0 findings", node: test_("node-test"), vitest: test_("vitest"), jest: test_("jest"),
  });
});
