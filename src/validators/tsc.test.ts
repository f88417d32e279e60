import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./tsc.ts";

const PLAIN = '{ "compilerOptions": { "types": [], "skipLibCheck": true, "lib": ["es5"], "strict": true } }';
const COMPOSITE = '"compilerOptions": { "types": [], "skipLibCheck": true, "lib": ["es5"], "composite": true, "rootDir": "../..", "outDir": "dist" }';

async function read(files: Record<string, string>, options: Partial<CheckDefinition> = {}): Promise<Reading> {
  using workspace = plainWorkspace(files);
  return await validator.create({ name: "types", use: "tsc", ...options }).read(workspace);
}

function seen(reading: Reading): string[] {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
}

test("reads diagnostics with their place and category", async () => {
  const reading = await read({ "tsconfig.json": PLAIN, "src/a.ts": 'export const a: number = "x";\nmissing();\n' });
  assert.deepEqual(seen(reading), ["src/a.ts:1:14 TS2322 type_mismatch", "src/a.ts:2:1 TS2304 undefined_name"]);
});

test("joins the indented lines of one diagnostic", async () => {
  const text = "export const f: (q: { b: number }) => void = (q: { b: string }) => void q;\n";
  const reading = await read({ "tsconfig.json": PLAIN, "a.ts": text });
  assert.ok(isRead(reading));
  assert.equal(reading.findings.length, 1);
  assert.match(reading.findings[0]?.message ?? "", /not assignable to type .* Types of parameters 'q' and 'q'.* 'b'/);
});

test("a diagnostic does not name the worktree that it was made in", async () => {
  const files = {
    "tsconfig.json": PLAIN,
    "a.ts": "export class Box<T> { private value!: T; }\n",
    "b.ts": 'import { Box } from "./a.js"; import * as other from "./a.js"; export const a: typeof other = new Box<string>();\n',
  };
  const [one, other] = [await read(files), await read(files)];
  assert.ok(isRead(one) && isRead(other));
  assert.match(one.findings[0]?.message ?? "", /typeof import\("a"\)/);
  assert.deepEqual(one.findings, other.findings);
});

test("a configuration that hides every type error is unreadable", async () => {
  const broken = { "a.ts": 'export const a: number = "x";\n' };
  for (const config of [
    '{ "include": ["nowhere"] }',
    '{ "compilerOptions": { "lib": ["es5"], "types": ["absent"] } }',
    '{ "compilerOptions": { "types": [], "lib": ["es5"], "nonsense": true } }',
    '{ "compilerOptions": { "types": [], "lib": ["es5"] }, "files": ["a.ts", "absent.ts"] }',
  ]) {
    const reading = await read({ ...broken, "tsconfig.json": config });
    assert.equal(reading.kind, "unreadable", config);
  }
  assert.equal((await read(broken)).kind, "unreadable");
});

test("reads several projects and counts what they share once", async () => {
  const reading = await read(
    {
      "shared.ts": 'export const a: number = "x";\n',
      "one/tsconfig.json": PLAIN,
      "one/one.ts": 'export { a } from "../shared.js";\nexport const b: number = "x";\n',
      "two/tsconfig.json": PLAIN,
      "two/two.ts": 'export { a } from "../shared.js";\n',
    },
    { projects: ["one/tsconfig.json", "two/tsconfig.json"] },
  );
  assert.deepEqual(seen(reading), ["one/one.ts:2:14 TS2322 type_mismatch", "shared.ts:1:14 TS2322 type_mismatch"]);
});

/** Two packages, one of which refers to the other and may therefore not do without its output. */
function referring(core: string): Record<string, string> {
  return {
    "tsconfig.json": '{ "files": [], "references": [{ "path": "packages/core" }, { "path": "packages/app" }] }',
    "packages/core/tsconfig.json": `{ ${COMPOSITE} }`,
    "packages/core/core.ts": core,
    "packages/app/tsconfig.json": `{ ${COMPOSITE}, "references": [{ "path": "../core" }] }`,
    "packages/app/app.ts": 'import { x } from "../core/core.js";\nexport const y: string = x;\n',
  };
}

test("builds projects that refer to one another, again and again", async () => {
  using workspace = plainWorkspace(referring("export const x: number = 1;\n"));
  const check = validator.create({ name: "types", use: "tsc", build: true });
  const expected = ["packages/app/app.ts:2:14 TS2322 type_mismatch"];
  assert.deepEqual(seen(await check.read(workspace)), expected);
  assert.deepEqual(seen(await check.read(workspace)), expected);
  const good = await read(referring('export const x: string = "";\n'), { build: true });
  assert.deepEqual(seen(good), []);
});

test("writes nothing where no project refers to another", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    "tsconfig.app.json": '{ "compilerOptions": { "types": [], "skipLibCheck": true, "lib": ["es5"], "composite": true }, "include": ["src"] }',
    "src/a.ts": "export const a: number = true;\n",
  });
  const reading = await validator.create({ name: "types", use: "tsc", build: true }).read(workspace);
  assert.deepEqual(seen(reading), ["src/a.ts:1:14 TS2322 type_mismatch"]);
  assert.equal(await workspace.readText("src/a.js"), undefined);
});

test("detects the root's tsconfig, with comments, and its references", async () => {
  const detect = (text: string) => validator.detect(projectOf({ "tsconfig.json": text, "a.ts": "" }));
  const plain = { name: "tsc", use: "tsc", projects: ["tsconfig.json"] };
  assert.deepEqual(await detect('{ /* why */ "compilerOptions": {}, }'), [plain]);
  assert.deepEqual(await detect('{ "files": [], "references": [{ "path": "a" }] }'), [{ ...plain, build: true }]);
});

test("detects the packages of a workspace without a root tsconfig", async () => {
  const packages = {
    "packages/a/tsconfig.json": "{}",
    "packages/b/tsconfig.json": "{}",
    "packages/b/test/fixture/tsconfig.json": "{}",
    "packages/template/tsconfig.json": "{}",
    "examples/tsconfig.json": "{}",
  };
  const projects = ["packages/a/tsconfig.json", "packages/b/tsconfig.json"];
  const found = [{ name: "tsc", use: "tsc", projects }];
  const npm = '{ "workspaces": ["./packages/*/", "!packages/template"] }';
  assert.deepEqual(await validator.detect(projectOf({ ...packages, "package.json": npm })), found);
  const pnpm = "# ours\npackages:\n  - 'packages/*'\n  - \"!packages/template\" # not this\ncatalog:\n  - x\n";
  assert.deepEqual(await validator.detect(projectOf({ ...packages, "pnpm-workspace.yaml": pnpm })), found);
  assert.deepEqual(await validator.detect(projectOf(packages)), []);
});

test("tells which files it read, and is blind to another text of any other source", async () => {
  const files = {
    "tsconfig.json": '{ "compilerOptions": { "types": [], "skipLibCheck": true, "lib": ["es5"], "resolveJsonModule": true, "module": "node16" }, "include": ["src"] }',
    "package.json": '{ "type": "module" }',
    "src/a.ts": 'import data from "./data.json" with { type: "json" };\nimport { b } from "../lib/b.js";\nexport const a = [data, b];\n',
    "src/data.json": "{}",
    "lib/b.ts": "export const b = 1;\n",
    "scripts/tool.ts": "missing();\n",
  };
  const reading = await read(files);
  assert.ok(isRead(reading));
  assert.deepEqual(reading.inputs, ["lib/b.ts", "src/a.ts", "src/data.json"]);
  const check = validator.create({ name: "types", use: "tsc" });
  const isBlind = (kind: "text" | "other", ...paths: string[]): boolean | undefined => check.isBlindTo?.(paths.map((path) => ({ path, kind })), reading);
  assert.ok(isBlind("text", "scripts/tool.ts"));
  assert.ok(isBlind("text", "README.md", "src/style.css", "tool.py"));
  assert.ok(isBlind("other", "README.md"), "whatever happens to what no compiler reads");
  assert.equal(isBlind("text", "src/a.ts"), false);
  assert.equal(isBlind("text", "README.md", "lib/b.ts"), false, "one that it reads is enough");
  assert.equal(isBlind("other", "scripts/tool.ts"), false, "a file that comes or goes may be imported");
  assert.equal(isBlind("text", "links/b.ts"), false, "it may be an input by another name");
  assert.equal(isBlind("text", "src/other.json"), false, "settings and packages are JSON");
  assert.equal(isBlind("text", "types/global.d.ts"), false);
  const { inputs: _, ...untold } = reading;
  assert.equal(check.isBlindTo?.([{ path: "scripts/tool.ts", kind: "text" }], untold), false, "where it did not tell");
});
