import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fingerprint, Sandbox } from "./support/cli.ts";

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, skipLibCheck: true, lib: ["es2024"], noEmit: true, module: "nodenext", target: "es2024", types: ["node"], noUnusedLocals: true, allowImportingTsExtensions: true },
  include: ["src"],
});

const SAMPLE = {
  "tsconfig.json": TSCONFIG,
  "src/names.ts": 'export function joinNames(names: readonly string[]): string {\n  return names.join(", ");\n}\n',
  "src/hello.ts": 'export function hello(names: readonly string[]): string {\n  return `Hello ${joinNames(names)}`;\n}\n',
  "src/unused.ts": 'import { readFileSync } from "node:fs";\n\nexport const one = 1;\n',
  "src/live.ts": 'function launch(): number {\n  return process.pid;\n}\n\nexport function run(): void {\n  const started = launch();\n}\n',
  "src/wrong.ts": "export const text: string = 5;\n",
};

test("repair lands what is green, one commit per finding group, and leaves the checkout as it is", async () => {
  using repository = new Sandbox(SAMPLE);
  appendFileSync(join(repository.root, "src/names.ts"), "// not committed\n");
  writeFileSync(join(repository.root, "note.txt"), "untracked\n");
  const before = fingerprint(repository.root);
  const run = await repository.stet(["repair"]);

  assert.equal(run.code, 1, run.stderr);
  assert.equal(fingerprint(repository.root), before);
  assert.match(repository.show("src/hello.ts"), /import \{ joinNames \} from "\.\/names\.ts";/);
  assert.doesNotMatch(repository.show("src/unused.ts"), /readFileSync/);
  assert.equal(repository.show("src/names.ts"), SAMPLE["src/names.ts"], "works from HEAD, not from the working files");
  const messages = repository.git("log", "--format=%B", `main..${repository.branch()}`);
  assert.match(messages, /^Stet-Run: /m);
  assert.match(messages, /tsc: \d+ → \d+ findings/);
  assert.match(repository.git("log", "--format=%B", "-1", repository.branch()), /^Green, measured on this commit/m);
  assert.match(repository.git("log", "--format=%B", "--skip=1", `main..${repository.branch()}`), /^Green at the tip of its round/m);
  assert.equal(repository.git("log", "--format=%an <%ae>", "-1", repository.branch()), "Ada Tester <ada@example.invalid>");
  assert.match(run.stdout, /uncommitted|src\/wrong\.ts/);
  assert.match(run.stdout, /TS2322/, "what remains is listed");
  assert.match(run.stdout, /git (?:merge --ff-only|cherry-pick)/);
  assert.match(run.stderr, /uncommitted/);
});

test("code that runs is never deleted because its result is unused", async () => {
  using repository = new Sandbox({ "tsconfig.json": TSCONFIG, "src/live.ts": SAMPLE["src/live.ts"] });
  await repository.stet(["repair"]);
  for (const [branch] of repository.branches()) assert.match(repository.show("src/live.ts", branch), /launch\(\);/);
});

test("a dry run says the same and leaves no trace in git", async () => {
  using repository = new Sandbox(SAMPLE);
  const objects = repository.git("count-objects", "-v");
  const run = await repository.stet(["repair", "--dry-run", "--json"]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(repository.branches().size, 0);
  assert.equal(repository.git("count-objects", "-v"), objects);
  const events = run.stdout.trim().split("\n").map((line) => JSON.parse(line) as { type: string; landed?: boolean });
  assert.ok(events.some((event) => event.type === "verdict" && event.landed));
});

test("a second run goes on from the first and lands nothing twice", async () => {
  using repository = new Sandbox(SAMPLE);
  await repository.stet(["repair"]);
  const tip = repository.branches();
  const again = await repository.stet(["repair"]);
  assert.equal(again.code, 1, again.stderr);
  assert.deepEqual(repository.branches(), tip);
});

test("paths narrow what is fixed, and --base starts elsewhere", async () => {
  using repository = new Sandbox(SAMPLE);
  await repository.stet(["repair", "src/unused.ts"]);
  assert.equal(repository.git("diff", "--name-only", "main", repository.branch()), "src/unused.ts");

  using older = new Sandbox(SAMPLE);
  older.git("rm", "-q", "src/hello.ts");
  older.git("commit", "-qm", "without hello");
  await older.stet(["repair", "--base", "HEAD~1"]);
  assert.match(older.show("src/hello.ts"), /import \{ joinNames \}/);
});

test("a repository where nothing is wrong is settled", async () => {
  using repository = new Sandbox({ "tsconfig.json": TSCONFIG, "src/a.ts": "export const a = 1;\n" });
  const run = await repository.stet(["repair"]);
  assert.equal(run.code, 0, run.stderr);
  assert.equal(repository.branches().size, 0);
});

test("ESLint's fixes land too, and a fix that makes a type error does not", async () => {
  using repository = new Sandbox({
    "tsconfig.json": TSCONFIG.replace('"noEmit":true', '"noEmit":true,"allowJs":true,"checkJs":true'),
    "eslint.config.js": 'export default [{ files: ["src/*.js"], rules: { "no-var": "error", eqeqeq: "error", "prefer-const": "error" } }];\n',
    "src/a.js": "export function f() {\n  var x = 1;\n  return x;\n}\n",
  });
  const run = await repository.stet(["repair"]);
  assert.equal(run.code, 0, run.stdout + run.stderr);
  assert.match(repository.show("src/a.js"), /const x = 1/);
});

test("one broken by a fix elsewhere is struck, with the check and the place named", async () => {
  // `colour` is spelt as the compiler suggests, and the test that reads it by the other name then fails.
  using repository = new Sandbox({
    "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
    "tsconfig.json": TSCONFIG,
    "src/settings.ts": 'export interface Settings {\n  color: string;\n}\n\nexport const settings: Settings = { color: "red" };\nObject.assign(settings, { colour: "blue" });\n',
    "src/read.ts": 'import { settings } from "./settings.ts";\n\nexport const colour = settings.colour;\n',
    "src/read.test.ts": 'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { colour } from "./read.ts";\nimport { settings } from "./settings.ts";\n\ntest("reads what was assigned", () => assert.deepEqual([colour, settings.color], ["blue", "red"]));\n',
  });
  const run = await repository.stet(["repair"]);
  assert.equal(run.code, 1, run.stderr);
  for (const [branch] of repository.branches()) assert.match(repository.show("src/read.ts", branch), /settings\.colour/);
  const verdict = repository.ledger().find((entry) => entry["kind"] === "verdict" && entry["verdict"] === "worse");
  assert.ok(verdict, "the struck proposal is in the ledger");
  assert.match(JSON.stringify(verdict["reasons"]), /reads what was assigned/);
});
