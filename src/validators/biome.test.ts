import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition, Workspace } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./biome.ts";

const CONFIG = { "biome.json": '{ "linter": { "rules": { "style": { "useConst": "error" }, "correctness": { "noUndeclaredVariables": "error" } } } }\n' };

async function read(files: Record<string, string>, options: Partial<CheckDefinition> = {}): Promise<string[]> {
  using workspace = plainWorkspace({ ...CONFIG, ...files });
  return seen(await validator.create({ name: "lint", use: "biome", paths: Object.keys(files), ...options }).read(workspace));
}

function seen(reading: Reading): string[] {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
}

test("reads rules, warnings and what does not parse, with columns in UTF-16 behind BOM, wide characters and CRLF", async () => {
  assert.deepEqual(
    await read({
      "a.ts": '\uFEFFexport const s = "😀é"; absent(s);\r\nlet b = 1;\r\nexport { b };\r\n',
      "b.ts": "export const = ;\n",
      "c.json": '{ "a": 1, }\n',
    }),
    [
      "a.ts:1:25 noUndeclaredVariables undefined_name",
      "a.ts:2:1 useConst other",
      ...["b.ts:1:14 parse syntax", "b.ts:1:14 parse syntax", "b.ts:1:16 parse syntax"],
      "c.json:1:11 parse syntax",
    ],
  );
});

test("formatting and the order of imports count only where they are asked for", async () => {
  const files = { "a.js": 'import b from "b";\nimport a from "a"\nexport const x = [a,b ];\n' };
  assert.deepEqual(await read(files), []);
  assert.deepEqual(await read(files, { format: true }), ["a.js:1:1 assist/source/organizeImports other", "a.js:1:1 format other"]);
});

/** A workspace in which the tool prints this. */
function printing(workspace: Workspace, text: string, code: number): Workspace {
  const argv = ["node", "-e", `fs.writeSync(1, process.argv[1]); process.exitCode = ${code}`, "--", text];
  return { ...workspace, run: (asked) => workspace.run({ ...asked, argv }) };
}

const summary = { errors: 1, warnings: 0, diagnosticsNotPrinted: 0 };
const lint = { severity: "error", category: "lint/style/useConst" };

test("reads the report of Biome before 2.4, whose places are bytes", async () => {
  using workspace = plainWorkspace({ "a.js": '\uFEFF"é"; let b = 1;\r\n let c;' });
  const location = { path: { file: "./a.js" }, span: [22, 25], sourceCode: "" };
  const report = { summary, diagnostics: [{ ...lint, description: "m", message: [], location, advices: {} }], command: "lint" };
  const check = validator.create({ name: "lint", use: "biome" });
  const first = seen(await check.read(printing(workspace, JSON.stringify(report), 1)));
  assert.deepEqual(first, ["a.js:2:2 useConst other"]);
  assert.deepEqual(seen(await check.read(printing(workspace, `> a banner\n${JSON.stringify(report)}`, 1))), first);
});

test("what Biome left out, could not read or ended with for no reason is no reading; paths of Windows and outside are", async () => {
  using workspace = plainWorkspace({ "a.js": "" });
  const check = validator.create({ name: "lint", use: "biome" });
  const located = (path: string) => ({ ...lint, message: "m", location: { path, start: { line: 1, column: 1 } } });
  const report = (diagnostics: unknown[], more: object = {}) => JSON.stringify({ summary: { ...summary, ...more }, diagnostics });
  for (const text of [
    report([located("a.js")], { diagnosticsNotPrinted: 3 }),
    report([located("a.js")], { errors: 2 }),
    report([{ ...located("a.js"), category: "fs/cantRead" }]),
    report([{ ...located("a.js"), category: "internalError/panic" }]),
    report([], { errors: 0 }),
    `${report([located("a.js")])}\nSegmentation fault`,
  ]) {
    assert.equal((await check.read(printing(workspace, text, 1))).kind, "unreadable", text);
  }
  const warned = report([{ ...located("pkg\\src\\a.js"), severity: "warning" }, located("/elsewhere/b.js")]);
  const files = seen(await check.read(printing(workspace, warned, 1))).map((one) => one.split(":")[0]);
  assert.deepEqual(files.map((file) => file?.replace(/^(\.\.\/)+/, "../")), ["../elsewhere/b.js", "pkg/src/a.js"]);
});

test("a hundred thousand findings on one line are read", async () => {
  using workspace = plainWorkspace({ "a.js": `"é";${"x;".repeat(100_000)}\n` });
  const diagnostics = Array.from({ length: 100_000 }, (_, index) => ({ ...lint, message: "m", location: { path: "a.js", start: { line: 1, column: 5 + 2 * index } } }));
  const text = JSON.stringify({ summary: { ...summary, errors: 100_000 }, diagnostics });
  const outcome = { ended: { kind: "exited", code: 1 }, stdout: text, stderr: "", truncated: false, durationMs: 1 } as const;
  const reading = await validator.create({ name: "lint", use: "biome" }).read({ ...workspace, run: () => Promise.resolve(outcome) });
  assert.ok(isRead(reading) && reading.findings.length === 100_000);
  assert.equal(reading.findings.at(-1)?.at?.column, 5 + 2 * 99_999);
});

test("is found with its configuration, and checks formatting where a script does", async () => {
  const installed = { "node_modules/@biomejs/biome/package.json": "{}" };
  const detect = (script: string) => validator.detect(projectOf({ "biome.jsonc": "", "package.json": JSON.stringify({ scripts: { ci: script } }) }, installed));
  const plain = { name: "biome", use: "biome" };
  for (const script of ["biome lint .", "biome check --write .", "biome ci --formatter-enabled=false"]) assert.deepEqual(await detect(script), [plain], script);
  for (const script of ["biome ci", "tsc && npx biome check ."]) assert.deepEqual(await detect(script), [{ ...plain, format: true }], script);
  assert.deepEqual(await validator.detect(projectOf({ "biome.json": "" })), []);
});
