import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { applyEdits } from "../domain/edit.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { validator } from "./eslint.ts";

const config = (rules: Record<string, string>): string => `export default [{ rules: ${JSON.stringify(rules)} }];\n`;

async function read(files: Record<string, string>, options: Partial<CheckDefinition> = {}): Promise<Read> {
  using workspace = plainWorkspace({ "package.json": '{ "type": "module" }', ...files });
  const reading = await validator.create({ name: "lint", use: "eslint", ...options }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

/** The text after the first fix of the first finding. */
async function fixed(text: string, rules: Record<string, string>): Promise<string | null | undefined> {
  const reading = await read({ "eslint.config.js": config(rules), "a.js": text });
  const applied = applyEdits(text, reading.findings[0]?.fixes?.[0]?.edits ?? []);
  return applied.ok ? applied.text : undefined;
}

test("reads errors, warnings and parse errors alike", async () => {
  const { findings } = await read({
    "eslint.config.js": config({ "no-var": "error", "no-undef": "warn" }),
    "src/a.js": "var a = 1;\nabsent(a);\n",
    "src/broken.js": "let = ;\n",
  });
  const seen = findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
  assert.deepEqual(seen, [
    "src/a.js:1:1 no-var other",
    "src/a.js:2:1 no-undef undefined_name",
    "src/broken.js:1:1 fatal syntax",
  ]);
});

test("a rule's fix is safe, its suggestions are not", async () => {
  const rules = { "no-var": "error", "no-prototype-builtins": "error" };
  const { findings } = await read({
    "eslint.config.js": config(rules),
    "a.js": "var a = {};\nexport const b = a.hasOwnProperty('x');\n",
  });
  const fixes = findings.flatMap(({ rule, fixes = [] }) => fixes.map(({ safety, edits }) => [rule, safety, edits]));
  assert.deepEqual(fixes, [
    ["no-var", "safe", [{ file: "a.js", start: 0, before: "var a = {};", after: "let a = {};" }]],
    [
      "no-prototype-builtins",
      "unsafe",
      [{ file: "a.js", start: 29, before: "a.hasOwnProperty(", after: "Object.prototype.hasOwnProperty.call(a, " }],
    ],
  ]);
});

test("fixes stand where they should after a BOM, wide characters and CRLF", async () => {
  const text = '\uFEFFconst s = "😀é";\r\nvar a = s;\r\n';
  assert.equal(await fixed(text, { "no-var": "error" }), '\uFEFFconst s = "😀é";\r\nlet a = s;\r\n');
});

test("the BOM itself can be removed and added", async () => {
  assert.equal(await fixed("\uFEFFlet a;\n", { "unicode-bom": "error" }), "let a;\n");
  const always = { "eslint.config.js": 'export default [{ rules: { "unicode-bom": ["error", "always"] } }];' };
  const { findings } = await read({ ...always, "a.js": "let a;\n" }, { paths: ["a.js"] });
  assert.deepEqual(findings[0]?.fixes?.[0]?.edits, [{ file: "a.js", start: 0, before: "", after: "\uFEFF" }]);
});

test("notes on ignored files are no findings, unused directives are", async () => {
  const { findings } = await read(
    {
      "eslint.config.js": 'export default [{ ignores: ["old.js"] }, {}];',
      "old.js": "var a;\n",
      "a.js": "// eslint-disable-next-line no-var\nlet a;\n",
    },
    { paths: ["old.js", "a.js"] },
  );
  assert.deepEqual(findings.map(({ rule, category }) => [rule, category]), [["unused-directive", "other"]]);
});

test("a suppression that is no longer needed does not end the check", async () => {
  const suppressions = '{ "a.js": { "no-var": { "count": 1 } } }';
  const files = { "eslint.config.js": config({ "no-var": "error" }), "eslint-suppressions.json": suppressions };
  assert.deepEqual((await read({ ...files, "a.js": "var a;\n" })).findings, []);
  assert.deepEqual((await read({ ...files, "a.js": "let a;\n" })).findings, []);
});

test("a configuration that throws, and one that lints nothing, are no readings", async () => {
  for (const text of ['throw new Error("broken configuration");', 'export default [{ ignores: ["**"] }];']) {
    using workspace = plainWorkspace({ "package.json": '{ "type": "module" }', "eslint.config.js": text, "a.js": "" });
    const reading = await validator.create({ name: "lint", use: "eslint" }).read(workspace);
    assert.equal(reading.kind, "crashed");
  }
});

test("detects ESLint where it is configured and installed, with the lint script's paths", async () => {
  const installed = { "node_modules/eslint/package.json": "{}" };
  const detect = (lint: string) =>
    validator.detect(projectOf({ "eslint.config.mjs": "", "package.json": JSON.stringify({ scripts: { lint } }) }, installed));
  const plain = { name: "eslint", use: "eslint" };
  assert.deepEqual(await detect("eslint"), [plain]);
  assert.deepEqual(await detect("eslint --max-warnings 0 --fix src 'test/**/*.ts'"), [
    { ...plain, paths: ["src", "test/**/*.ts"] },
  ]);
  assert.deepEqual(await detect("tsc && eslint src"), [plain]);
  assert.deepEqual(await validator.detect(projectOf({ "eslint.config.mjs": "" })), []);
  assert.deepEqual(await validator.detect(projectOf({ ".eslintrc.json": "" }, installed)), []);
});
