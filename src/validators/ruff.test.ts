import assert from "node:assert/strict";
import { symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { applyEdits } from "../domain/edit.ts";
import { finding } from "../domain/finding.ts";
import type { CheckDefinition, Command, Workspace } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { validator } from "./ruff.ts";

const check = (options: Partial<CheckDefinition> = {}) => validator.create({ name: "lint", use: "ruff", ...options });

/** As on a machine without ruff, whatever is installed on this one: the build that stet brings. */
function withoutRuff(workspace: Workspace): Workspace {
  return { ...workspace, run: (command) => workspace.run(command.argv[0] === "ruff" ? { ...command, argv: ["no-such-ruff"] } : command) };
}

async function read(files: Record<string, string>, options: Partial<CheckDefinition> = {}): Promise<Read> {
  using workspace = plainWorkspace(files);
  const reading = await check(options).read(withoutRuff(workspace));
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

const shown = ({ findings }: Read): string[] =>
  findings.map(({ at, rule, category, fixes }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category} ${fixes?.[0]?.safety ?? "-"}`).sort();

test("the build that stet brings: categories, grades, and fixes that stand where they should", async () => {
  const wide = '\uFEFFimport os; s = "😀é"; import sys\r\nt = f"abc"\r\n';
  const reading = await read(
    {
      "wide.py": wide,
      "pkg/__init__.py": "from .a import b\n",
      "broken.py": "def f(:\n",
      "unsafe.py": "def f():\n    x = 1\n",
      "names.py": "print(undefined)\n",
      "stub.pyi": "import os\n",
      ".venv/lib/skipped.py": "import os\n",
    },
    { select: ["E9", "F", "W6"] },
  );
  assert.deepEqual(shown(reading), [
    "broken.py:1:7 invalid-syntax syntax -",
    "broken.py:2:1 invalid-syntax syntax -",
    "names.py:1:7 F821 undefined_name -",
    "pkg/__init__.py:1:16 F401 missing_import display",
    "unsafe.py:2:5 F841 other unsafe",
    "wide.py:1:30 F401 missing_import safe",
    "wide.py:1:8 F401 missing_import safe",
    "wide.py:2:5 F541 other safe",
  ]);
  const edits = reading.findings.filter(({ at }) => at?.file === "wide.py").flatMap(({ fixes = [] }) => fixes.flatMap((fix) => fix.edits));
  const applied = applyEdits(wide, edits);
  assert.deepEqual(applied, { ok: true, text: '\uFEFFs = "😀é"; \r\nt = "abc"\r\n' });
});

test("the build that stet brings follows the nearest configuration, as far as it can", async () => {
  const files = {
    "pyproject.toml": '[project]\nrequires-python = ">=3.9"\n[tool.ruff]\nextend-exclude = ["generated"]\n[tool.ruff.lint]\nselect = ["F", "UP", "I"]\nignore = ["F841"]\n[tool.ruff.lint.per-file-ignores]\n"tests/*.py" = ["F401"]\n"!lib/**" = ["F821"]\n',
    "lib/a.py": "import os\nimport abc\ny = undefined\nz = u'text'\ndef f():\n    x = 1\n",
    "tests/test_a.py": "import os\nimport abc\ny = undefined\n",
    "generated/deep/b.py": "import os\n",
    "build/c.py": "import os\n",
    "nested/ruff.toml": 'lint.select = ["E711"]\n',
    "nested/d.py": "import os\nimport abc\nx = os == None\n",
  };
  assert.deepEqual(shown(await read(files)), [
    "lib/a.py:1:8 F401 missing_import safe",
    "lib/a.py:2:8 F401 missing_import safe",
    "lib/a.py:3:5 F821 undefined_name -",
    "lib/a.py:4:5 UP025 other safe",
    "nested/d.py:3:11 E711 other unsafe",
  ]);
  const reading = await read(files, { select: ["F401"], paths: ["lib", "nested/d.py"] });
  assert.deepEqual(shown(reading).map((one) => one.split(" ")[0]), ["lib/a.py:1:8", "lib/a.py:2:8", "nested/d.py:2:8"]);
});

test("what the build cannot follow is no reading: a configuration that extends another, or that is wrong; nothing to lint", async () => {
  const kind = async (files: Record<string, string>): Promise<string> => {
    using workspace = plainWorkspace(files);
    const reading = await check().read(withoutRuff(workspace));
    return isRead(reading) ? "read" : `${reading.kind} ${reading.detail}`;
  };
  assert.match(await kind({ "a.py": "", "ruff.toml": 'extend = "../base.toml"\n' }), /^crashed ruff's configuration extends/);
  assert.match(await kind({ "a.py": "", "ruff.toml": 'lint.select = ["NOSUCH"]\n' }), /^crashed .*NOSUCH/);
  assert.match(await kind({ "a.py": "", "ruff.toml": "line-length = [broken\n" }), /^crashed /);
  assert.match(await kind({ "a.txt": "" }), /^unreadable No Python files/);
});

test("a file that is no UTF-8 is told and not edited, and a link is not followed", async () => {
  using workspace = plainWorkspace({ "a.py": "" });
  writeFileSync(join(workspace.root, "latin.py"), Buffer.from("import os\nx = 'é'\n", "latin1"));
  symlinkSync("/etc", join(workspace.root, "outside"));
  const reading = await check().read(withoutRuff(workspace));
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(shown(reading), ["latin.py:1:1 E902 syntax -"]);
});

/** A program in ruff's place, that prints a report of ruff's own shape (0.12). */
async function recorded(workspace: Workspace, text: string, code: number, said = ""): Promise<{ reading: Reading; argv: readonly string[] }> {
  const asked: (readonly string[])[] = [];
  const run = (command: Command) => {
    asked.push(command.argv);
    const script = `fs.writeSync(2, process.argv[2] ?? ""); for (let at = 0; at < process.argv[1].length || at === 0; at += 60000) fs.writeFileSync(1, process.argv[1].slice(at, at + 60000)); process.exitCode = ${code}`;
    return workspace.run({ ...command, argv: ["node", "-e", script, "--", text, said] });
  };
  const reading = await check().read({ ...workspace, run });
  assert.equal(asked.length, 1, "where there is a ruff the other build is not asked");
  return { reading, argv: asked[0] ?? [] };
}

const violation = (file: string, more: object = {}) => ({
  cell: null,
  code: "F401",
  end_location: { column: 10, row: 1 },
  filename: file,
  fix: { applicability: "safe", edits: [{ content: "", end_location: { column: 1, row: 2 }, location: { column: 1, row: 1 } }], message: "Remove unused import: `os`" },
  location: { column: 8, row: 1 },
  message: "`os` imported but unused",
  noqa_row: 1,
  url: "https://docs.astral.sh/ruff/rules/unused-import",
  ...more,
});

test("ruff's own report: grades, columns, what does not parse in older versions, notebooks and files outside", async () => {
  using workspace = plainWorkspace({ "a.py": "import os\n", "b.py": 's = "😀"; import os\n' });
  const fix = (applicability: string, from: number) => ({
    applicability,
    edits: [{ content: "", location: { row: 1, column: from }, end_location: { row: 1, column: from + 2 } }],
    message: null,
  });
  const report = [
    violation(join(workspace.root, "a.py")),
    violation(join(workspace.root, "b.py"), { location: { row: 1, column: 17 }, fix: fix("unsafe", 8) }),
    violation("b.py", { code: null, message: "SyntaxError: x", fix: null }),
    violation("b.py", { code: "F811", fix: fix("display", 400) }),
    violation(join(workspace.root, "n.ipynb"), { cell: 1 }),
    violation("C:\\elsewhere\\x.py"),
    violation("/usr/lib/x.py"),
  ];
  const { reading, argv } = await recorded(workspace, `warning: \`select\` is deprecated\n${JSON.stringify(report, null, 2)}\n`, 1, "warning: x\n");
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(argv.slice(0, 2), ["ruff", "check"]);
  const seen = reading.findings.map(({ at, rule, category, fixes }) => [at?.file, at?.column, rule, category, fixes?.[0]?.safety]);
  assert.deepEqual(seen.slice(0, 5), [
    ["a.py", 8, "F401", "missing_import", "safe"],
    ["b.py", 18, "F401", "missing_import", "unsafe"],
    ["b.py", 9, "invalid-syntax", "syntax", undefined],
    ["b.py", 9, "F811", "missing_import", undefined],
    ["C:/elsewhere/x.py", 8, "F401", "missing_import", undefined],
  ]);
  assert.match(reading.findings[5]?.at?.file ?? "", /^\.\.\/.*usr\/lib\/x\.py$/);
  assert.equal(reading.findings.length, 6);
  assert.deepEqual(reading.findings[1]?.fixes?.[0]?.edits, [{ file: "b.py", start: 8, before: "; ", after: "" }]);
});

test("half a report, an option that is not known, and a code that does not fit are no readings; 100,000 findings are one", async () => {
  using workspace = plainWorkspace({ "a.py": "import os\n" });
  const text = JSON.stringify([violation("a.py"), violation("a.py")], null, 2);
  assert.equal((await recorded(workspace, text.slice(0, text.length / 2), 1)).reading.kind, "unreadable");
  assert.equal((await recorded(workspace, "", 2, "error: unexpected argument '--output-format'")).reading.kind, "crashed");
  assert.equal((await recorded(workspace, text, 0)).reading.kind, "unreadable");
  assert.equal((await recorded(workspace, "[]", 0, "warning: No Python files found under the given path(s)\n")).reading.kind, "unreadable");
  const path = join(workspace.root, "many.json");
  writeFileSync(path, JSON.stringify(Array.from({ length: 100_000 }, () => violation("a.py"))));
  const run = (command: Command) => workspace.run({ ...command, argv: ["sh", "-c", 'cat "$0"; exit 1', path] });
  const many = await check().read({ ...workspace, run });
  unlinkSync(path);
  assert.ok(isRead(many) && many.findings.length === 100_000, JSON.stringify(many).slice(0, 500));
});

test("programs in other languages are nothing to it, and a finding is the doing of whoever edits its file", () => {
  const { isBlindTo, isOfItsFile } = check();
  const baseline: Read = { kind: "read", check: "lint", findings: [], durationMs: 0 };
  const isBlind = (path: string, kind: "text" | "other" = "text"): boolean | undefined => isBlindTo?.([{ path, kind }], baseline);
  assert.deepEqual(["web/a.ts", "b.rs", "c.py", "pyproject.toml", "README.md"].map((path) => isBlind(path)), [true, true, false, false, false]);
  assert.equal(isBlind("web/a.ts", "other"), false);
  const of = (rule: string): boolean | undefined => isOfItsFile?.(finding({ by: "lint", rule, category: "other", message: rule }));
  assert.deepEqual(["F401", "UP006", "INP001", "I001"].map(of), [true, true, false, false]);
});

test("is found where the project says that it uses it; where it configures nothing, with E9 and F", async () => {
  const detect = (files: Record<string, string>) => validator.detect(projectOf({ "a.py": "", ...files }));
  const own = [{ name: "ruff", use: "ruff" }];
  const unconfigured = [{ name: "ruff", use: "ruff", select: ["E9", "F"] }];
  assert.deepEqual(await detect({ "ruff.toml": "" }), own);
  assert.deepEqual(await detect({ "back/.ruff.toml": "" }), own);
  assert.deepEqual(await detect({ "pyproject.toml": "[tool.ruff.lint]\n" }), own);
  assert.deepEqual(await detect({ "pyproject.toml": '[tool.poetry.group.dev.dependencies]\nruff = "^0.5"\n' }), unconfigured);
  assert.deepEqual(await detect({ ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: ruff-check\n" }), unconfigured);
  assert.deepEqual(await detect({ "pyproject.toml": "[tool.black]\n" }), []);
  assert.deepEqual(await detect({ "pyproject.toml": "not toml [" }), []);
  assert.deepEqual(await validator.detect(projectOf({ "ruff.toml": "" })), []);
});
