import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { validator } from "./python-syntax.ts";

const check = () => validator.create({ name: "syntax", use: "python-syntax" });

async function read(files: Record<string, string>, bytes: Record<string, Buffer> = {}): Promise<Read> {
  using workspace = plainWorkspace(files);
  for (const [path, content] of Object.entries(bytes)) writeFileSync(join(workspace.root, path), content);
  const reading = await check().read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

const shown = ({ findings }: Read): string[] => findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);

test("tells where a file does not parse, whatever its line ends and encoding, in UTF-16 columns", async () => {
  const latin = Buffer.from("# -*- coding: latin-1 -*-\nname = 'é'\nif name\n", "latin1");
  const undecodable = Buffer.from([0x78, 0x20, 0x3d, 0x20, 0x27, 0xe9, 0x27, 0x0a]);
  const reading = await read(
    {
      "good.py": "def f():\n    return 1\n",
      "bom.py": "\uFEFFx = 1\n",
      "wide.py": "s = '😀'; if\n",
      "crlf.py": "x = 1\r\ny = (\r\n",
      "deep/indent.py": "def f():\nreturn 1\n",
      "outside.py": "return 1\n",
    },
    { "latin.py": latin, "undecodable.py": undecodable, "null.py": Buffer.from("x = 1\0\n") },
  );
  const seen = shown(reading);
  assert.ok(seen.every((line) => line.endsWith(" syntax")), seen.join("\n"));
  const places = seen.map((line) => line.split(" ")[0]);
  for (const place of ["wide.py:1:13", "crlf.py:2:5", "deep/indent.py:2:1", "outside.py:1:1", "latin.py:3:8"]) assert.ok(places.includes(place), `${place}\n${seen.join("\n")}`);
  assert.ok(seen.some((line) => line.startsWith("undecodable.py:1:")) && seen.some((line) => line.startsWith("null.py:1:")), seen.join("\n"));
  assert.equal(seen.length, 7);
});

test("imports and runs nothing, and passes over environments, packages and links", async () => {
  using workspace = plainWorkspace({
    "sitecustomize.py": "open('ran', 'w')\n",
    "json.py": "open('ran', 'w')\n",
    "a.py": "open('ran', 'w')\n",
    "any-name/pyvenv.cfg": "",
    "any-name/lib/broken.py": "(",
  });
  const reading = await check().read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(reading.findings, []);
  assert.equal(await workspace.readText("ran"), undefined);
});

test("a name that is no UTF-8, and thousands of files, are read in one go", async () => {
  using workspace = plainWorkspace({});
  mkdirSync(join(workspace.root, "many"));
  for (let index = 0; index < 3_000; index += 1) writeFileSync(join(workspace.root, "many", `module_with_a_long_name_${index}.py`), "x = 1\n");
  writeFileSync(Buffer.concat([Buffer.from(join(workspace.root, "odd-")), Buffer.from([0xff]), Buffer.from(".py")]), "(\n");
  const reading = await check().read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(reading.findings.map(({ at }) => at?.file), ["odd-\uFFFD.py"]);
});

test("no Python at all is no evidence", async () => {
  using workspace = plainWorkspace({ "a.txt": "" });
  assert.equal((await check().read(workspace)).kind, "unreadable");
});

test("looks at the changed files alone, and knows what it does not read", async () => {
  using workspace = plainWorkspace({ "a.py": "x = 1\n", "b.py": "(\n", "untouched.py": "(\n" });
  const definition = { name: "syntax", use: "python-syntax" };
  const baseline: Read = { kind: "read", check: "syntax", durationMs: 1, findings: [] };
  const oracle = validator.create(definition).openOracle?.(() => Promise.resolve(workspace));
  const changed = new Map([["a.py", "("], ["b.py", "x = 1\n"], ["gone.py", "("], ["notes.md", ""]]);
  const to = new Map([["a.py", "x = 1\n"], ["b.py", "("], ["gone.py", null], ["notes.md", ""]]);
  const glimpse = await oracle?.look({ from: changed, to, changed, baseline, workspace: () => Promise.resolve(workspace) });
  assert.ok(glimpse && isRead(glimpse.after));
  assert.deepEqual(shown(glimpse.after), ["b.py:1:1 SyntaxError syntax"]);
  const { isBlindTo } = validator.create(definition);
  assert.equal(isBlindTo?.([{ path: "README.md", kind: "text" }], baseline), true);
  assert.equal(isBlindTo?.([{ path: "a.py", kind: "text" }], baseline), false);
});

test("is found wherever there is Python", async () => {
  assert.deepEqual(await validator.detect(projectOf({ "src/a.py": "" })), [{ name: "python-syntax", use: "python-syntax" }]);
  assert.deepEqual(await validator.detect(projectOf({ "src/a.pyx": "" })), []);
});
