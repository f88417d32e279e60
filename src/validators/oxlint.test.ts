import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./oxlint.ts";

function seen(reading: Reading): string[] {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
}

test("reads errors, warnings and what does not parse, with columns in UTF-16 behind BOM, wide characters and CRLF", async () => {
  const rules = { "no-undef": "warn", "typescript/no-explicit-any": "error", "unicorn/no-null": "error" };
  using workspace = plainWorkspace({
    ".oxlintrc.json": JSON.stringify({ plugins: ["typescript", "unicorn"], rules }),
    "a.ts": '\uFEFFexport const s = "😀é"; absent(s);\r\nexport const é = "😀", b: any = null;\r\n',
    "b.ts": "let = ;\n",
  });
  const check = validator.create({ name: "lint", use: "oxlint" });
  assert.deepEqual(seen(await check.read(workspace)), [
    "a.ts:1:25 no-undef undefined_name",
    "a.ts:2:27 typescript/no-explicit-any other",
    "a.ts:2:33 unicorn/no-null other",
    "b.ts:1:7 parse syntax",
  ]);
  const strict = validator.create({ name: "lint", use: "oxlint", paths: ["a.ts"], arguments: ["--allow=no-undef", "--allow=unicorn/no-null"] });
  assert.deepEqual(seen(await strict.read(workspace)), ["a.ts:2:27 typescript/no-explicit-any other"]);
});

test("a configuration that is broken, and paths with nothing to lint, are no readings", async () => {
  for (const files of [{ ".oxlintrc.json": '{ "rules": { "no-such-rule": "error" } }', "a.js": "" }, { "notes.md": "" }]) {
    using workspace = plainWorkspace(files);
    assert.equal((await validator.create({ name: "lint", use: "oxlint" }).read(workspace)).kind, "unreadable");
  }
});

test("an option that oxlint does not know, or that would write, is told", async () => {
  using workspace = plainWorkspace({ "a.js": "" });
  const read = (argument: string) => validator.create({ name: "lint", use: "oxlint", arguments: [argument] }).read(workspace);
  assert.equal((await read("--no-such-option")).kind, "unreadable");
  await assert.rejects(read("--fix"), { name: "ZodError" });
});

test("is found by its configuration or a script, with what the script gives it", async () => {
  const installed = { "node_modules/oxlint/package.json": "{}" };
  const detect = (lint: string) => validator.detect(projectOf({ "package.json": JSON.stringify({ scripts: { lint } }) }, installed));
  const plain = { name: "oxlint", use: "oxlint" };
  assert.deepEqual(await validator.detect(projectOf({ ".oxlintrc.json": "{}" }, installed)), [plain]);
  assert.deepEqual(await detect("oxlint --fix --quiet -f github --max-warnings 0"), [plain]);
  assert.deepEqual(await detect("npx oxlint --type-aware -D correctness src && eslint"), [{ ...plain, paths: ["src"], arguments: ["--type-aware", "--deny=correctness"] }]);
  assert.deepEqual(await detect("eslint"), []);
  assert.deepEqual(await validator.detect(projectOf({ ".oxlintrc.json": "{}" })), []);
});
