/** `stet apply` as a person meets it: mixed inputs, each row with its end, and nothing landed that makes anything worse. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fingerprint, Sandbox } from "./support/cli.ts";

const FILES = {
  "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/sum.js": "export function sum(a, b) {\n  return a + b;\n}\n\nexport const unused = 1;\nexport const first = true;\n",
  "src/log.js": "export const quiet = false;\nexport const level = 3;\n",
  "test/sum.test.js":
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { sum } from "../src/sum.js";\ntest("sums", () => assert.equal(sum(1, 2), 3));\n',
};

interface Patch {
  readonly old_string: string;
  readonly new_string: string;
}

const row = (file: string, patches: readonly Patch[], more: Record<string, unknown> = {}): string =>
  `${JSON.stringify({
    schema_version: 2,
    file,
    reviewed_at: "2026-11-01T00:00:00Z",
    accepted_model: "m",
    confidence_avg: 95,
    confidence_min: 90,
    gradient_tier: "auto",
    verdict: "findings",
    critical_failures_count: 0,
    findings: patches.map((edit, index) => ({ message: `change ${index} of ${file}`, rule: "review", line: 1, confidence: 95, patches: [{ edits: [edit] }] })),
    ...more,
  })}\n`;

const sandbox = (): Sandbox => new Sandbox(FILES, { dependencies: false });

function put(repository: Sandbox, name: string, text: string): string {
  const path = join(repository.cache, name);
  writeFileSync(path, text);
  return path;
}

const SUM = { old_string: "export const unused = 1;", new_string: "export const unused = 2;" };
const BREAKS = { old_string: "a + b", new_string: "a - b" };
const FLIPS = { old_string: "first = true", new_string: "first = false" };
const QUIET = { old_string: "quiet = false", new_string: "quiet = true" };

test("rows land one by one, what breaks a test does not, and every other row has its reason", async () => {
  using repository = sandbox();
  const before = fingerprint(repository.root);
  const rows = [
    row("src/sum.js", [{ old_string: "nothing", new_string: "x" }], { reviewed_at: "2026-10-01T00:00:00Z" }),
    row("src/sum.js", [SUM, BREAKS, FLIPS]),
    row("src/log.js", [QUIET], { confidence_avg: 80 }),
    row("src/gone.js", [QUIET]),
    "{ torn\n",
  ].join("");
  const run = await repository.stet(["apply", put(repository, "rows.jsonl", rows)]);
  assert.equal(run.code, 1, run.stderr + run.stdout);
  const log = repository.git("log", "--format=%s%n%b", `main..${repository.branch()}`);
  assert.equal(repository.git("rev-list", "--count", `main..${repository.branch()}`), "2");
  assert.match(log, /Unverified by a check of its own/);
  assert.equal(repository.show("src/sum.js"), FILES["src/sum.js"].replace("unused = 1", "unused = 2").replace("first = true", "first = false"));
  assert.match(run.stdout, /worse {2}node-test finds something new/);
  for (const text of ["confidence_avg is 80", "no file src/gone.js"]) assert.ok(run.stdout.includes(text), run.stdout);
  const ledger = repository.ledger();
  const count = (kind: string): number => ledger.filter((line) => line["kind"] === kind).length;
  assert.deepEqual([count("verdict"), count("declined"), count("skipped")], [4, 2, 1]); // all of the rule in the file first, then one by one
  assert.equal(fingerprint(repository.root), before);
});

test("the same again lands nothing twice, and new rows of the same input go on", async () => {
  using repository = sandbox();
  const path = put(repository, "rows.jsonl", row("src/sum.js", [SUM]));
  assert.equal((await repository.stet(["apply", path])).code, 0);
  const tip = repository.git("rev-parse", repository.branch());
  const again = await repository.stet(["apply", path]);
  assert.deepEqual([again.code, repository.git("rev-parse", repository.branch())], [0, tip], again.stdout);
  put(repository, "rows.jsonl", row("src/sum.js", [SUM, FLIPS]) + row("src/log.js", [QUIET]));
  const more = await repository.stet(["apply", path]);
  assert.equal(more.code, 0, more.stdout);
  assert.equal(repository.git("rev-list", "--count", `main..${repository.branch()}`), "3");
  assert.ok(repository.show("src/sum.js").includes("first = false"));
});

test("a dry run tells the same and leaves no trace in git", async () => {
  using repository = sandbox();
  const path = put(repository, "rows.jsonl", row("src/sum.js", [SUM, BREAKS]));
  const objects = repository.git("count-objects", "-v");
  const run = await repository.stet(["apply", "--dry-run", path]);
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stdout, /Would land 1 commit/);
  assert.equal(repository.branches().size, 0);
  assert.equal(repository.git("count-objects", "-v"), objects);
});

test("where no check can tell, and where the same is not enough, nothing lands", async () => {
  using blind = new Sandbox({ ...FILES, "stet.config.json": '{ "checks": [{ "name": "true", "run": ["true"] }] }' }, { dependencies: false });
  const path = put(blind, "rows.jsonl", row("src/sum.js", [SUM]));
  const untold = await blind.stet(["apply", path]);
  assert.deepEqual([untold.code, blind.branches().size], [1, 0]);
  assert.match(untold.stdout, /nothing could tell/);
  using repository = sandbox();
  const refused = await repository.stet(["apply", "--same", "refuse", put(repository, "rows.jsonl", row("src/sum.js", [SUM]))]);
  assert.deepEqual([refused.code, repository.branches().size], [1, 0]);
});

test("inputs that hold nothing to use give 65, none at all 66, an unknown format 64", async () => {
  using repository = sandbox();
  const code = async (...args: string[]): Promise<number | null> => (await repository.stet(["apply", ...args])).code;
  assert.equal(await code(put(repository, "bad.jsonl", "{ torn\n")), 65);
  assert.equal(await code(join(repository.cache, "nowhere.jsonl")), 66);
  assert.equal(await code("--format", "runes", put(repository, "x", "x")), 64);
});

test("what waits for a person is tried and kept, not landed", async () => {
  using repository = sandbox();
  const rows = row("src/sum.js", [SUM], { stage: "dry_run" }) + row("src/log.js", [QUIET], { gradient_tier: "simulation" });
  const path = put(repository, "rows.jsonl", rows);
  const run = await repository.stet(["apply", "--hold", path]);
  assert.deepEqual([run.code, repository.branches().size], [1, 0], run.stderr + run.stdout);
  assert.match(run.stdout, /Held for a person: 2 proposals/);
  assert.equal(repository.ledger().filter(({ kind }) => kind === "held").length, 2);
});
