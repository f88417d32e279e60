/** `stet init` writes down what a run without it finds; `stet doctor` says what a run would meet. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lock } from "../src/system/lock.ts";
import { fingerprint, Sandbox, type Run } from "./support/cli.ts";
import { assertTold, events, GREEN } from "./support/told.ts";

const CONFIG = "stet.config.json";

const PROJECT = {
  "eslint.config.js": 'export default [{ files: ["src/*.js"], rules: { "no-var": "error", "no-debugger": "error" } }];\n',
  "src/a.js": "debugger;\nvar a = 1;\nexport { a };\n",
  "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/a.test.js": 'import { test } from "node:test";\ntest("one", () => undefined);\n',
};

/** What a run decided, without what differs from run to run. */
function decisions(run: Run): unknown[] {
  return events(run)
    .filter(({ type }) => type === "verdict" || type === "remaining")
    .map(({ type, verdict, landed, findings, proposal }) => ({ type, verdict, landed, findings, edits: editsOf(proposal) }));
}

function editsOf(proposal: unknown): unknown {
  return typeof proposal === "object" && proposal !== null && "edits" in proposal ? proposal.edits : undefined;
}

test("init writes what was found, and the next run uses it as it stands", async () => {
  using sandbox = new Sandbox(PROJECT);
  const without = await sandbox.stet(["repair", "--dry-run", "--json"]);
  const printed = await sandbox.stet(["init", "--print"]);
  assert.equal(printed.code, 0, printed.stderr);
  assert.equal(existsSync(join(sandbox.root, CONFIG)), false, "--print writes nothing");

  const run = await sandbox.stet(["init"]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^Wrote stet\.config\.json with 2 checks: eslint and node-test\.\n/);
  const text = readFileSync(join(sandbox.root, CONFIG), "utf8");
  assert.equal(text, printed.stdout);
  assertTold(await sandbox.stet(["init"]), 73, /stet\.config\.json exists already, and stays as it is; stet init --print/);
  assert.equal(readFileSync(join(sandbox.root, CONFIG), "utf8"), text);

  sandbox.git("add", CONFIG);
  sandbox.git("commit", "-qm", "configure");
  const configured = await sandbox.stet(["repair", "--dry-run", "--json"]);
  assert.equal(configured.code, without.code);
  assert.notEqual(decisions(without).length, 0);
  assert.deepEqual(decisions(configured), decisions(without));
});

test("init writes no file that would check nothing: 78", async () => {
  using sandbox = new Sandbox({});
  assertTold(await sandbox.stet(["init"]), 78, /No checks were found/);
  assert.equal(existsSync(join(sandbox.root, CONFIG)), false);
});

/** The lines of one area, by name. */
function area(run: Run, name: string): Record<string, { ok: unknown; detail: unknown; advice: unknown }> {
  const lines = events(run).filter((line) => line["area"] === name);
  return Object.fromEntries(lines.map(({ name: one, ok, detail, advice }) => [String(one), { ok, detail, advice }]));
}

test("doctor tells what is found and that stet can run: 0", async () => {
  using sandbox = new Sandbox({ [CONFIG]: GREEN });
  unlinkSync(join(sandbox.root, "node_modules")); // without containment they would be copied
  const before = fingerprint(sandbox.root);
  const text = await sandbox.stet(["doctor"]);
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^tools\n {2}ok +git +git version .*\n {2}ok +node +v\d+/);
  assert.match(text.stdout, /\nsandbox\n[^]*\n {2}\w+ +containment +(?:bwrap|unshare|none)\n/);
  assert.match(text.stdout, /\n {2}ok +lock +free\n {2}ok +leftovers +none\n/);
  assert.match(text.stdout, /\n {2}ok +ok +command \(configured\): 0 findings, \d+ ms\n\nstet can run here/);
  assert.match(text.stdout, /\npushing\n {2}ok +identity +.*\n[^]* {2}ok +remote +there is no origin\n[^]*\nbuilding\n {2}ok +engines +/);
  const bare = await sandbox.stet(["doctor", "--json", "--sandbox", "none"]);
  assert.deepEqual(area(bare, "sandbox")["containment"], { ok: "warn", detail: "none", advice: undefined });
  assert.equal(area(bare, "sandbox")["network"]?.detail, "checks can reach the network");
  assert.equal(bare.code, 0);
  assert.equal(fingerprint(sandbox.root), before);
});

test("doctor names each tool, its version and where it is, and what to install of what the project wants", async () => {
  using sandbox = new Sandbox({
    "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }',
    "tsconfig.json": '{ "files": ["a.ts"], "compilerOptions": { "noEmit": true, "types": [] } }',
    "a.ts": "export const a = 1;\n",
    "a.test.js": 'import "node:test";\n',
    "eslint.config.js": "export default [];\n",
    "vitest.config.ts": "export default {};\n",
  });
  unlinkSync(join(sandbox.root, "node_modules"));
  mkdirSync(join(sandbox.root, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(sandbox.root, "node_modules/.bin/tsc"), "#!/bin/sh\necho Version 9.8.7\n", { mode: 0o755 });
  const programs = area(await sandbox.stet(["doctor", "--json"]), "programs");
  assert.deepEqual(programs["tsc"], { ok: "ok", detail: "Version 9.8.7, the project's node_modules", advice: undefined });
  assert.match(String(programs["node-test"]?.detail), /^v\d+\.\d+\.\d+, (?:stet's own copy|\/.*\/node)$/);
  const wanted = { ok: "warn", detail: "not found, and the project looks as if it wanted it" };
  assert.deepEqual(programs["eslint"], { ...wanted, advice: "npm install --save-dev eslint" });
  assert.deepEqual(programs["vitest"], { ...wanted, advice: "npm install --save-dev vitest" });
  assert.equal(programs["jest"], undefined);
});

test("doctor names missing dependencies and how to install them, and the check that needs them: 78", async () => {
  using sandbox = new Sandbox({
    "package.json": '{ "name": "sample", "devDependencies": { "typescript": "6" } }',
    "package-lock.json": "{}",
    [CONFIG]: '{ "checks": [{ "name": "types", "use": "tsc" }] }',
    "tsconfig.json": "{}",
  });
  unlinkSync(join(sandbox.root, "node_modules"));
  const run = await sandbox.stet(["doctor", "--json"]);
  assert.equal(run.code, 78);
  assert.deepEqual(area(run, "checks")["dependencies"], { ok: "warn", detail: "not installed", advice: "run npm ci" });
  assert.partialDeepStrictEqual(area(run, "checks")["types"], { ok: "fail", advice: "run npm ci, then look again" });
  const text = await sandbox.stet(["doctor"]);
  assert.match(text.stdout, /fail +types +types cannot be started.*\n +→ run npm ci, then look again\n/);
  assert.match(text.stdout, /stet cannot run here until the line marked "fail" is mended\.\n$/);
});

test("doctor goes on where configuration is wrong or there is no check: 78", async () => {
  using sandbox = new Sandbox({ [CONFIG]: '{ "maxFile": 1 }' });
  const run = await sandbox.stet(["doctor", "--json"]);
  assert.equal(run.code, 78);
  assert.match(String(area(run, "checks")["configuration"]?.detail), /^stet\.config\.json:1:3: there is no option "maxFile"/);
  assert.equal(area(run, "state")["lock"]?.ok, "ok");
  writeFileSync(join(sandbox.root, "empty.json"), "{}");
  const none = await sandbox.stet(["doctor", "--json", "--config", "empty.json"]);
  assert.equal(none.code, 78);
  assert.match(String(area(none, "checks")["any"]?.advice), /add checks to stet\.config\.json/);
});

test("doctor tells of a lock that is held and of a run that died", async () => {
  using sandbox = new Sandbox({ [CONFIG]: GREEN });
  const state = join(sandbox.root, ".stet");
  mkdirSync(state);
  const at = "2025-01-01T00:00:00.000Z";
  const start = { at, run: "202501010000-dead", kind: "run", command: "repair", work: "w", base: sandbox.git("rev-parse", "HEAD") };
  const dead = { ...start, branch: "refs/heads/stet/repair-dead", dryRun: false, containment: "bwrap", unenforced: [] };
  writeFileSync(join(state, "ledger.jsonl"), `\n${JSON.stringify(dead)}\n`);
  const died = await sandbox.stet(["doctor", "--json"]);
  assert.deepEqual(area(died, "state")["leftovers"], { ok: "warn", detail: "died: 202501010000-dead", advice: "the next run recovers them by itself" });

  const held = await lock(state);
  assert.ok(held.ok);
  const run = await sandbox.stet(["doctor", "--json"]);
  held.release();
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(area(run, "state")["lock"], { ok: "warn", detail: `held by process ${process.pid}`, advice: "wait for it, or end it" });
  assert.equal(area(run, "checks")["ok"]?.ok, "warn");
});
