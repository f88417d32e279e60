import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Command } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./mypy.ts";

const TEXT = [
  "import nothing_here",
  "import nothing_there",
  "def f(a: int) -> str:",
  "    return a",
  's = "é😀"; f("é")',
  "f(undefined)",
  "class A:",
  "    def g(self) -> int: return 1",
  "class B(A):",
  "    def g(self) -> str: return ''",
];

const shown = (reading: Reading): string[] => {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
};

test("mypy itself: errors with their categories, in UTF-16 columns; a file that does not parse; a fault of its command line", async () => {
  using workspace = plainWorkspace({ "a.py": `${TEXT.join("\r\n")}\r\n` });
  const check = validator.create({ name: "types", use: "mypy" });
  const whole = await check.read(workspace);
  const seen = shown(whole);
  assert.match(seen[0] ?? "", /^a\.py:1:1 import(?:-not-found)? missing_import$/);
  assert.deepEqual(seen.slice(2), [
    "a.py:4:12 return-value type_mismatch",
    "a.py:5:14 arg-type type_mismatch",
    "a.py:6:3 name-defined undefined_name",
    "a.py:10:5 override contract_violation",
  ]);
  assert.ok(isRead(whole) && whole.findings.every(({ message }) => !message.includes("See https")), "what is said once is no part of a finding");
  using broken = plainWorkspace({ "a.py": "def f(:\n" });
  assert.deepEqual(shown(await check.read(broken)).map((one) => one.split(" ").slice(1).join(" ")), ["syntax syntax"]);
  const wrong = validator.create({ name: "types", use: "mypy", paths: ["nowhere.py"] });
  assert.equal((await wrong.read(broken)).kind, "crashed");
});

/** A program in mypy's place: prints `text`, or where it is asked for JSON and has none, what argparse says. */
async function recorded(files: Record<string, string>, answers: { json?: string; text?: string; code: number }): Promise<{ reading: Reading; asked: string[][] }> {
  using workspace = plainWorkspace(files);
  const asked: string[][] = [];
  const run = ({ argv, ...command }: Command) => {
    asked.push([...argv]);
    const isJson = argv.includes("--output");
    const isUnknown = isJson && answers.json === undefined;
    const script = isUnknown ? "fs.writeSync(2, 'usage: mypy\\nmypy: error: unrecognized arguments: --output\\n'); process.exitCode = 2" : `fs.writeSync(1, process.argv[1]); process.exitCode = ${answers.code}`;
    return workspace.run({ ...command, argv: ["node", "-e", script, "--", (isJson ? answers.json : answers.text) ?? ""] });
  };
  const check = validator.create({ name: "types", use: "mypy" });
  const first = await check.read({ ...workspace, run });
  await check.read({ ...workspace, run });
  return { reading: first, asked };
}

test("JSON and text say the same, notes included, and a mypy that knows no JSON is asked for it once", async () => {
  const files = { "src/a.py": 's = "é😀"; f("é")\n' };
  const error = { file: "src/a.py", line: 1, column: 16, message: "No overload variant matches", hint: 'Possible overload variants:\n    def f(int)\nSee https://mypy.rtfd.io/x', code: "call-overload", severity: "error" };
  const note = { file: "src/a.py", line: 2, column: 0, message: 'Revealed type is "int"', hint: null, code: "misc", severity: "note" };
  const json = await recorded(files, { json: `${JSON.stringify(error)}\n${JSON.stringify(note)}\n`, code: 1 });
  const lines = [
    "warning: a newer mypy is there",
    "src/a.py:1:17: error: No overload variant matches  [call-overload]",
    "src/a.py:1:17: note: Possible overload variants:",
    "src/a.py:1:17: note:     def f(int)",
    "src/a.py:1:17: note: See https://mypy.rtfd.io/x",
    'src/a.py:2:1: note: Revealed type is "int"',
  ];
  const text = await recorded(files, { text: `${lines.join("\r\n")}\r\n`, code: 1 });
  assert.deepEqual(shown(json.reading), ["src/a.py:1:14 call-overload type_mismatch"]);
  assert.ok(isRead(json.reading) && isRead(text.reading), JSON.stringify(text.reading));
  assert.deepEqual(json.reading.findings.map(({ key }) => key), text.reading.findings.map(({ key }) => key));
  assert.deepEqual(json.asked.map((argv) => argv.includes("--output")), [true, true]);
  assert.deepEqual(text.asked.map((argv) => argv.includes("--output")), [true, false, false]);
});

test("a configuration that cannot be, a line in the middle, and a code that does not fit are no readings", async () => {
  const kind = async (text: string, code: number) => (await recorded({}, { text, code })).reading.kind;
  assert.equal(await kind('a.py: error: Source file found twice under different module names: "a" and "b"\n', 2), "crashed");
  assert.equal(await kind("a.py:1:1: error: x  [misc]\nTraceback (most recent call last):\n", 1), "unreadable");
  assert.equal(await kind("a.py:1:1: error: x  [misc]\n", 0), "unreadable");
  assert.equal(await kind("", 1), "unreadable");
  assert.equal(await kind("a.py:1:1: error: invalid syntax  [syntax]\n", 2), "read");
  const { reading } = await recorded({}, { text: "C:\\work\\a.py:1:2: error: x  [misc]\n/usr/lib/x.pyi:3: error: y  [misc]\n", code: 1 });
  const places = shown(reading);
  assert.equal(places[0], "C:/work/a.py:1:2 misc other");
  assert.match(places[1] ?? "", /^(?:\.\.\/)+usr\/lib\/x\.pyi:3:1 misc other$/);
});

test("is found where the project says that it uses it, with the files that its configuration names", async () => {
  const detect = (files: Record<string, string>) => validator.detect(projectOf({ "a.py": "", ...files }));
  const plain = [{ name: "mypy", use: "mypy" }];
  const named = [{ name: "mypy", use: "mypy", paths: [] }];
  assert.deepEqual(await detect({ "mypy.ini": "[mypy]\nstrict = True\n" }), plain);
  assert.deepEqual(await detect({ "setup.cfg": "[metadata]\nname = x\n\n[mypy]\nfiles = src\n\n[other]\n" }), named);
  assert.deepEqual(await detect({ "pyproject.toml": '[tool.mypy]\npackages = ["x"]\n' }), named);
  assert.deepEqual(await detect({ "requirements-dev.txt": "# tools\nmypy==1.11 ; python_version > '3.8'\n" }), plain);
  assert.deepEqual(await detect({ "requirements/dev.txt": "MyPy\n" }), plain);
  assert.deepEqual(await detect({ ".pre-commit-config.yaml": "repos:\n  - repo: x\n    hooks:\n      - id: mypy\n" }), plain);
  assert.deepEqual(await detect({ "setup.cfg": "[options.extras_require]\ndev =\n    mypy >= 1\n    x\n" }), plain);
  assert.deepEqual(await detect({ "pyproject.toml": "[project]\nname = 'mypy'\n", "README.md": "mypy" }), []);
});
