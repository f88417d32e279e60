import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./pyright.ts";

async function read(files: Record<string, string>, options: Partial<CheckDefinition> = {}): Promise<Reading> {
  using workspace = plainWorkspace(files);
  return await validator.create({ name: "types", use: "pyright", ...options }).read(workspace);
}

/** What pyright 1.1 prints, behind what its launcher from PyPI says. */
async function recorded(output: unknown, code: number, banner = ""): Promise<Reading> {
  using workspace = plainWorkspace({});
  const text = `${banner}${typeof output === "string" ? output : JSON.stringify(output, null, 4)}\n`;
  const argv = ["node", "-e", `fs.writeSync(1, process.argv[1]); process.exitCode = ${code}`, "--", text];
  const standIn = { ...workspace, run: (command: Parameters<typeof workspace.run>[0]) => workspace.run({ ...command, argv }) };
  return await validator.create({ name: "types", use: "pyright" }).read(standIn);
}

test("reads errors with their categories, and warnings not at all", async () => {
  const text = [
    "import nothing_here",
    "def f(a: int) -> str:",
    "    return a",
    's = "😀"; f("x")',
    "f(undefined)",
    "f(1).missing",
    "class A:",
    "    def g(self) -> int: return 1",
    "class B(A):",
    "    def g(self) -> str: return ''",
    "def h(",
  ];
  const reading = await read({ "a.py": `${text.join("\n")}\n`, "pyrightconfig.json": '{ "reportUnusedImport": "warning" }', "b.py": "import os\n" });
  assert.ok(isRead(reading), JSON.stringify(reading));
  const seen = reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
  for (const one of [
    "a.py:1:8 reportMissingImports missing_import",
    "a.py:3:12 reportReturnType type_mismatch",
    "a.py:4:13 reportArgumentType type_mismatch",
    "a.py:5:3 reportUndefinedVariable undefined_name",
    "a.py:6:6 reportAttributeAccessIssue undefined_name",
    "a.py:10:9 reportIncompatibleMethodOverride contract_violation",
  ]) assert.ok(seen.includes(one), `${one}\n${seen.join("\n")}`);
  assert.ok(seen.some((one) => /^a\.py:1[12]:\d+ syntax syntax$/.test(one)), seen.join("\n"));
  assert.ok(seen.every((one) => one.startsWith("a.py:")));
});

test("a broken configuration, no files, and an unknown option are no readings", async () => {
  assert.equal((await read({ "a.py": "", "pyrightconfig.json": "{ broken" })).kind, "crashed");
  assert.equal((await read({ "a.txt": "" })).kind, "unreadable");
  assert.equal((await read({ "a.py": "" }, { project: "nowhere.json" })).kind, "crashed");
});

const at = (line: number) => ({ start: { line, character: 3 }, end: { line, character: 4 } });
const summary = (errorCount: number) => ({ filesAnalyzed: 1, errorCount, warningCount: 1 });

test("reads behind a banner, with exit code 1 for warnings, and Windows paths", async () => {
  const warning = { file: "a.py", severity: "warning", message: "w", range: at(0) };
  const banner = "WARNING: there is a new pyright version available (v1.1.390 -> v1.1.414).\nPlease install it.\n\n";
  const warned = await recorded({ generalDiagnostics: [warning], summary: summary(0) }, 1, banner);
  assert.ok(isRead(warned) && warned.findings.length === 0, JSON.stringify(warned));
  const windows = { file: "src\\a.py", severity: "error", message: "e\n  more", range: at(1), rule: "reportCallIssue" };
  const outside = { file: "/usr/lib/python3/x.py", severity: "error", message: "e" };
  const reading = await recorded({ generalDiagnostics: [windows, outside], summary: summary(2) }, 1);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(reading.findings[0]?.at, { file: "src/a.py", line: 2, column: 4 });
  assert.match(reading.findings[1]?.at?.file ?? "", /^(?:\.\.\/)+usr\/lib\/python3\/x\.py$/);
});

test("half a document and a count that does not fit are no readings", async () => {
  const error = { file: "a.py", severity: "error", message: "e", range: at(0) };
  const whole = JSON.stringify({ generalDiagnostics: [error, error], summary: summary(2) }, null, 4);
  assert.equal((await recorded(whole.slice(0, whole.length / 2), 1)).kind, "unreadable");
  assert.equal((await recorded({ generalDiagnostics: [error], summary: summary(2) }, 1)).kind, "unreadable");
  for (const code of [2, 3, 4]) assert.equal((await recorded({}, code)).kind, "crashed");
});

test("is found where the project says that it uses it", async () => {
  const found = [{ name: "pyright", use: "pyright" }];
  const detect = (files: Record<string, string>) => validator.detect(projectOf({ "a.py": "", ...files }));
  assert.deepEqual(await detect({ "pyrightconfig.json": "{}" }), found);
  assert.deepEqual(await detect({ "pyproject.toml": "[tool.pyright]\n" }), found);
  assert.deepEqual(await detect({ "pyproject.toml": '[dependency-groups]\ndev = ["pyright[nodejs]>=1.1"]\n' }), found);
  assert.deepEqual(await detect({ "package.json": '{ "devDependencies": { "pyright": "1" } }' }), found);
  assert.deepEqual(await detect({ "pyproject.toml": '[project]\ndependencies = ["pyright-extras"]\n' }), []);
  assert.deepEqual(await validator.detect(projectOf({ "pyrightconfig.json": "{}" })), []);
});
