import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./problem-matcher.ts";
import { matchersSchema } from "./shared/problem-matcher.ts";

/** As GitHub's own actions have them. */
const TSC = { problemMatcher: [{ owner: "tsc", pattern: [{ regexp: "^(?:\\s+\\d+>)?([^\\s].*)[\\(:](\\d+)[,:](\\d+)(?:\\):\\s+|\\s+-\\s+)(error|warning|info)\\s+(TS\\d+)\\s*:\\s*(.*)$", file: 1, line: 2, column: 3, severity: 4, code: 5, message: 6 }] }] };
const STYLISH = {
  owner: "eslint",
  pattern: [
    { regexp: "^([^\\s].*)$", file: 1 },
    { regexp: "^\\s+(\\d+):(\\d+)\\s+(error|warning|info)\\s+(.*)\\s\\s+(.*)$", line: 1, column: 2, severity: 3, message: 4, code: 5, loop: true },
  ],
};
const LINES = { pattern: { regexp: "^(?<file>[^:]+):(?<line>\\d+): (?<message>.*)$" } };

async function read(text: string, options: Partial<CheckDefinition> = {}): Promise<Reading> {
  using workspace = plainWorkspace({ "out.txt": text, "pkg/a": "" });
  const run = ["cat", workspace.root + "/out.txt"];
  return await validator.create({ name: "lint", use: "problem-matcher", run, matcher: [LINES], ...options }).read(workspace);
}

function seen(reading: Reading): string[] {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading.findings.map(({ rule, category, message, at }) => `${at?.file ?? "-"}:${at?.line ?? 0}:${at?.column ?? 0} ${rule} ${category} ${message}`);
}

test("reads GitHub's matcher of one line, in colour and from Windows", async () => {
  const text = "src/a.ts(1,2): error TS2304: Cannot find name 'x'.\r\n\u001b[31msrc\\b.ts(3,4): warning TS1: b\u001b[0m\r\n\r\nFound 2 errors.\r\n";
  assert.deepEqual(seen(await read(text, { matcher: TSC })), [
    "src/a.ts:1:2 TS2304 undefined_name Cannot find name 'x'.",
    "src/b.ts:3:4 TS1 other b",
  ]);
});

test("reads several lines of one file, and a row that breaks off", async () => {
  const text = "chatter\nsrc/a.js\n  1:5  error  Unexpected var  no-var\n  2:1  warning  Long  max-len\n\nsrc/b.js\n  9:9  info  Note  n\n  7:1  error  Bad  no-undef\n\n3 problems\n";
  assert.deepEqual(seen(await read(text, { matcher: STYLISH })), [
    "src/a.js:1:5 no-var other Unexpected var",
    "src/a.js:2:1 max-len other Long",
    "src/b.js:7:1 no-undef undefined_name Bad",
  ]);
  assert.equal(seen(await read(text, { matcher: STYLISH, least: "error" })).length, 2);
  assert.equal(seen(await read(text, { matcher: STYLISH, least: "notice" })).length, 4);
});

test("names groups by name, files from the command's folder, from a project's, and outside of the repository", async () => {
  const project = { pattern: [{ regexp: "^(.+)\\((.+)\\): (.*) \\[(.+)\\]$", file: 1, location: 2, message: 3, fromPath: 4 }] };
  const text = "a.c:3: one\n../b.c:4: two\n../../far.c:5: three\nx.cs(6,7): four [lib/lib.csproj]\nno problem\n";
  assert.deepEqual(seen(await read(text, { matcher: [LINES, project], cwd: "pkg" })), [
    "pkg/a.c:3:1 problem other one",
    "b.c:4:1 problem other two",
    "../far.c:5:1 problem other three",
    "pkg/lib/x.cs:6:7 problem other four",
  ]);
});

test("a failure without a word, a code of another kind and an end too early are unclear; problems with any of the codes are read", async () => {
  const sh = (script: string, more: Partial<CheckDefinition> = {}) => read("", { run: ["sh", "-c", script], ...more });
  assert.deepEqual(seen(await sh("echo fine")), []);
  assert.deepEqual(seen(await sh("echo a:1: bad >&2; exit 1")), ["a:1:1 problem other bad"]);
  assert.deepEqual(seen(await sh("echo a:1: bad; exit 4", { codes: [0, 4] })), ["a:1:1 problem other bad"]);
  assert.equal((await sh("echo fine; exit 1")).kind, "unreadable");
  assert.equal((await sh("echo a:1: bad; exit 2")).kind, "crashed");
});

test("a pattern that would never come to its end is ended, and the check could not tell", async () => {
  const endless = { pattern: [{ regexp: "^(a+)+$", message: 1 }] };
  assert.equal((await read(`${"a".repeat(60)}!\n`, { matcher: endless })).kind, "unreadable");
  const [long] = seen(await read(`${"b".repeat(3_000_000)}\n`, { matcher: { pattern: { regexp: "(?<message>b+)" } } }));
  assert.equal(long?.length, "-:0:0 problem other ".length + 4_000);
});

test("a hundred thousand problems are a hundred thousand findings", async () => {
  const reading = await read("", { run: ["seq", "-f", "src/a.c:%.0f: bad", "100000"] });
  assert.ok(isRead(reading));
  assert.deepEqual([reading.findings.length, reading.findings.at(-1)?.at?.line], [100_000, 100_000]);
});

test("a file of the base gives the matcher, and one that is none is told", async () => {
  const definition = { name: "lint", use: "problem-matcher", run: ["x"], matcher: ".github/tsc.json" };
  const resolved = await validator.resolve?.(definition, projectOf({ ".github/tsc.json": JSON.stringify(TSC) }));
  assert.deepEqual(resolved, { ...definition, matcher: matchersSchema.parse(TSC) });
  for (const text of ["{", "[]", '{ "problemMatcher": [{ "pattern": [{ "regexp": "(" }] }] }']) {
    await assert.rejects(async () => validator.resolve?.(definition, projectOf({ ".github/tsc.json": text })), { code: "matcher-unreadable" });
  }
  await assert.rejects(async () => validator.resolve?.(definition, projectOf({})), { code: "matcher-unreadable" });
});
