import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { validator } from "./structure.ts";

async function read(files: Record<string, string>, rules: readonly object[]): Promise<Read> {
  using workspace = plainWorkspace(files);
  const reading = await validator.create({ name: "shape", use: "structure", rules }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

async function seen(files: Record<string, string>, ...rules: object[]): Promise<string[]> {
  const { findings } = await read(files, rules);
  return findings.map(({ rule, message, at }) => `${at?.file ?? ""}:${at?.line ?? 0} ${rule}: ${message}`);
}

test("files that must be there, must not, and what they must contain", async () => {
  const files = { "README.md": "# A\n", "src/a.ts": "// (c) A\n", "src/b.ts": "", "old/x.js": "", "src/.hidden.ts": "// (c) A\n" };
  assert.deepEqual(
    await seen(
      files,
      ...[{ mustExist: "README.md" }, { mustExist: "docs/*.md" }, { mustExist: "LICENSE", why: "law" }, { mustExist: "s*/a.ts" }],
      ...[{ mustNotExist: "old/**" }, { files: "src/**", mustContain: "(c)" }, { files: "*.md", mustMatch: "^## " }, { files: "src/a.ts", mustMatch: "A$" }],
    ),
    [
      "docs/*.md:1 must-exist: This file must exist",
      "LICENSE:1 must-exist: This file must exist (law)",
      "old/x.js:1 must-not-exist: This file must not exist",
      'src/b.ts:1 must-contain: This file must contain "(c)"',
      "README.md:1 must-match: This file must match /^## /",
    ],
  );
});

test("a file beside each of others, made from a template that stands in the base", async () => {
  const rules = [{ mustExist: "{path}/{name}.test.ts", forEach: "src/*.ts", template: "templates/test.txt" }];
  const text = "import './{name}.ts'; // {path} $& {other}\n";
  const definition: CheckDefinition = { name: "shape", use: "structure", rules };
  const resolved = await validator.resolve?.(definition, projectOf({ "templates/test.txt": text }));
  const { findings } = await read({ "src/a.ts": "", "src/b.ts": "", "src/b.test.ts": "", "src/b.test.test.ts": "", "templates/test.txt": "other" }, resolved?.["rules"] as object[]);
  assert.deepEqual(findings.map(({ at, message, fixes }) => [at?.file, message, fixes?.[0]?.safety, fixes?.[0]?.edits]), [
    ["src/a.test.ts", "This file must exist beside src/a.ts", "safe", [{ file: "src/a.test.ts", start: 0, before: null, after: "import './a.ts'; // src $& {other}\n" }]],
    ["src/b.test.test.test.ts", "This file must exist beside src/b.test.test.ts", "safe", [{ file: "src/b.test.test.test.ts", start: 0, before: null, after: "import './b.test.test.ts'; // src $& {other}\n" }]],
  ]);
  await assert.rejects(async () => validator.resolve?.(definition, projectOf({})), { code: "template-missing" });
  const [plain] = (await read({}, [{ mustExist: "../out.md", template: { path: "t", text } }, { mustExist: "a.md" }])).findings;
  assert.equal(plain?.fixes, undefined);
});

test("imports that are banned: of packages and files, in every way of writing them, by sources and not by strings", async () => {
  const files = {
    "src/ui/a.ts": [
      'import type { D } from "../db/d.js";',
      "const x = require('lodash/fp');",
      'export * from "../db";',
      'await import("lodash");',
      'const s = "import \'lodash\'"; // import "lodash"',
      'import "./lodash.ts";',
    ].join("\n"),
    "src/db/d.ts": "",
    "src/db/index.ts": 'import "lodash";\n',
  };
  assert.deepEqual(await seen(files, { from: "src/ui/**", mustNotImport: ["src/db/**", "lodash"] }), [
    "src/ui/a.ts:1 must-not-import: This file must not import src/db/d.ts",
    "src/ui/a.ts:2 must-not-import: This file must not import lodash/fp",
    "src/ui/a.ts:3 must-not-import: This file must not import src/db/index.ts",
    "src/ui/a.ts:4 must-not-import: This file must not import lodash",
  ]);
});

test("the same of Python", async () => {
  const files = {
    "app/web/view.py": ['"""', "import requests", '"""', "import os, requests.api as r", "from app.db import (", "    model,", "    helper as h)", "from ..db import model", "from . import other", "x = 'from requests import y'  # import requests"].join("\r\n"),
    "app/db/__init__.py": "",
    "app/db/model.py": "",
    "app/web/other.py": "",
  };
  assert.deepEqual(await seen(files, { from: "app/web/*.py", mustNotImport: ["requests", "app/db/model.py"] }), [
    "app/web/view.py:4 must-not-import: This file must not import requests.api",
    "app/web/view.py:5 must-not-import: This file must not import app/db/model.py",
    "app/web/view.py:8 must-not-import: This file must not import app/db/model.py",
  ]);
});

test("a pattern that would never come to its end runs out of time", async () => {
  using workspace = plainWorkspace({ "a.txt": `${"a".repeat(60)}!` });
  const check = validator.create({ name: "shape", use: "structure", timeoutMs: 1_500, rules: [{ files: "*.txt", mustMatch: "^(a+)+$" }] });
  assert.equal((await check.read(workspace)).kind, "timeout");
});
