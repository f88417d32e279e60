/** Every oracle against its check: on the same change of the same files, it must see what the check sees. */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Check, Workspace } from "../domain/plugin.ts";
import type { Oracle } from "../domain/oracle.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { weigh } from "../domain/weigh.ts";
import { validator as eslint } from "./eslint.ts";
import { validator as jest } from "./jest.ts";
import { validator as nodeTest } from "./node-test.ts";
import { validator as tsc } from "./tsc.ts";
import { validator as vitest } from "./vitest.ts";

type Files = Record<string, string>;
type Change = Record<string, string | null>;

function put(workspace: Workspace, change: Change): void {
  for (const [file, text] of Object.entries(change)) {
    if (text === null) rmSync(join(workspace.root, file));
    else writeFileSync(join(workspace.root, file), text);
  }
}

async function readingOf(check: Check, workspace: Workspace): Promise<Read> {
  const reading = await check.read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

/** What rose by the check and by its oracle, for each change put on the same files; undefined where the oracle passes. */
async function both(check: Check, files: Files, changes: readonly Change[]): Promise<{ own: string[]; seen: string[] | undefined }[]> {
  using workspace = plainWorkspace(files);
  using anchor = plainWorkspace(files);
  const oracle = check.openOracle?.(() => Promise.resolve(anchor));
  assert.ok(oracle);
  try {
    const baseline = await readingOf(check, workspace);
    const results = [];
    for (const change of changes) results.push(await one(check, oracle, workspace, baseline, files, change));
    return results;
  } finally {
    await oracle.close();
  }
}

async function one(check: Check, oracle: Oracle, workspace: Workspace, baseline: Read, files: Files, change: Change) {
  put(workspace, change);
  const changed = new Map(Object.keys(change).map((file) => [file, files[file] ?? null]));
  const look = { from: new Map<string, string>(), to: new Map(Object.entries(change)), changed, baseline };
  const glimpse = await oracle.look({ ...look, workspace: () => Promise.resolve(workspace) });
  const own = messages(weigh([baseline], [await readingOf(check, workspace)]));
  for (const file of changed.keys()) put(workspace, { [file]: files[file] ?? null });
  return { own, seen: glimpse && messages(weigh([glimpse.before], [glimpse.after])) };
}

function messages({ risen, reasons }: ReturnType<typeof weigh>): string[] {
  const lost = reasons.filter(({ code }) => code.startsWith("test-")).map(({ code, args }) => `${code} ${String(args["test"])}`);
  return [...risen.map(({ rule, at }) => `${at?.file ?? ""}:${at?.line ?? 0} ${rule}`), ...lost].sort();
}

const TYPED: Files = {
  "package.json": '{ "type": "module" }\n',
  "tsconfig.json": JSON.stringify({
    compilerOptions: { target: "es2022", module: "nodenext", strict: true, noEmit: true, types: [], skipLibCheck: true, lib: ["es2022"], allowImportingTsExtensions: true, resolveJsonModule: true },
    include: ["src"],
  }),
  "src/a.ts": "export function a(x: number): number {\n  return x;\n}\n",
  "src/b.ts": 'import { a } from "./a.ts";\nexport const b: number = a(1);\nexport const wrong: string = 1;\n',
  "src/c.ts": 'import { b } from "./b.ts";\nimport data from "./data.json" with { type: "json" };\nexport const c = b + data.n;\n',
  "src/globals.ts": "interface Shared {\n  n: number;\n}\n",
  "src/d.ts": "export const d: Shared = { n: 1 };\n",
  "src/data.json": '{ "n": 1 }\n',
};

const EDITS: Record<string, Change> = {
  "an error in the file itself": { "src/a.ts": "export function a(x: number): number {\n  return String(x);\n}\n" },
  "a body that changes nothing for others": { "src/a.ts": "export function a(x: number): number {\n  return x + 1;\n}\n" },
  "a declaration that breaks another file": { "src/a.ts": "export function a(x: string): number {\n  return x.length;\n}\n" },
  "a global that breaks another file": { "src/globals.ts": "interface Shared {\n  n: string;\n}\n" },
  "data that breaks another file": { "src/data.json": '{ "m": 1 }\n' },
  "a file that is gone": { "src/a.ts": null },
  "two files at once": { "src/a.ts": "export function a(x: string): string {\n  return x;\n}\n", "src/d.ts": "export const d: Shared = {};\n" },
  "a syntax error": { "src/a.ts": "export function a(x: number): number {\n  return x +;\n}\n" },
  "one less": { "src/b.ts": 'import { a } from "./a.ts";\nexport const b: number = a(1);\nexport const wrong: string = "1";\n' },
};

test("tsc: the native compiler sees what the project's own sees", async () => {
  const results = await both(tsc.create({ name: "tsc", use: "tsc" }), TYPED, Object.values(EDITS));
  Object.keys(EDITS).forEach((name, index) => assert.deepEqual(results[index]?.seen, results[index]?.own, name));
});

test("tsc: where the native compiler does not take the project, its own builder sees the same", async () => {
  // An option that TypeScript 7 has dropped, and that 6 still takes.
  const dropped = TYPED["tsconfig.json"]?.replace('"strict":true', '"strict":true,"ignoreDeprecations":"6.0","esModuleInterop":false') ?? "";
  const results = await both(tsc.create({ name: "tsc", use: "tsc" }), { ...TYPED, "tsconfig.json": dropped }, Object.values(EDITS));
  Object.keys(EDITS).forEach((name, index) => assert.deepEqual(results[index]?.seen, results[index]?.own, name));
});

test("tsc: with references a dependent project is read from sources, without a build", async () => {
  const part = (more: object): string =>
    JSON.stringify({ compilerOptions: { composite: true, target: "es2022", module: "nodenext", strict: true, types: [], skipLibCheck: true, lib: ["es2022"], outDir: "out" }, ...more });
  const files = {
    "package.json": '{ "type": "module" }\n',
    "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "one" }, { path: "two" }] }),
    "one/tsconfig.json": part({}),
    "one/a.ts": "export const a: number = 1;\n",
    "two/tsconfig.json": part({ references: [{ path: "../one" }] }),
    "two/b.ts": 'import { a } from "../one/a.js";\nexport const b: number = a;\n',
  };
  const check = tsc.create({ name: "tsc", use: "tsc", build: true });
  const [far] = await both(check, files, [{ "one/a.ts": 'export const a: string = "1";\n' }]);
  assert.deepEqual(far, { own: ["two/b.ts:2 TS2322"], seen: ["two/b.ts:2 TS2322"] });
});

test("eslint: only the changed files are linted, and ignored ones are not", async () => {
  const files = {
    "package.json": '{ "type": "module" }\n',
    "eslint.config.js": 'export default [{ ignores: ["gen/"] }, { files: ["**/*.js"], rules: { "no-var": "error" } }];\n',
    "a.js": "var a = 1;\n",
    "b.js": "var b = 1;\n",
    "notes.md": "n\n",
  };
  const results = await both(eslint.create({ name: "eslint", use: "eslint" }), files, [
    { "a.js": "var a = 1;\nvar c = 2;\n", "notes.md": "m\n" },
    { "a.js": "let a = 1;\n" },
    { "a.js": null },
  ]);
  assert.deepEqual(results, [{ own: ["a.js:2 no-var"], seen: ["a.js:2 no-var"] }, { own: [], seen: [] }, { own: [], seen: [] }]);
});

for (const [validator, imports] of [
  [vitest, 'import { expect, test } from "vitest";\n'],
  [jest, ""],
] as const) {
  test(`${validator.name}: the tests that reach a changed file are run, and one that is gone from them is missed`, async () => {
    const type = validator === vitest ? "module" : "commonjs";
    const load = (file: string, names: string): string => (type === "module" ? `import ${names} from "./${file}.js";\n` : `const ${names} = require("./${file}.js");\n`);
    const share = (name: string, value: string): string => (type === "module" ? `export const ${name} = ${value};\n` : `exports.${name} = ${value};\n`);
    const files = {
      "package.json": `{ "type": "${type}" }\n`,
      "a.js": share("a", "1"),
      "b.js": share("b", "1"),
      "a.test.js": `${imports}${load("a", "{ a }")}test("a", () => expect(a).toBe(1));\ntest("again", () => expect(a).toBe(1));\n`,
      "b.test.js": `${imports}${load("b", "{ b }")}test("b", () => expect(b).toBe(1));\n`,
    };
    const results = await both(validator.create({ name: validator.name, use: validator.name }), files, [
      { "a.js": share("a", "2") },
      { "a.test.js": `${imports}${load("a", "{ a }")}test("a", () => expect(a).toBe(1));\n` },
      { "package.json": `{ "type": "${type}", "name": "x" }\n` },
    ]);
    const failed = ["a.test.js:1 test", "a.test.js:1 test"];
    assert.deepEqual(results, [
      { own: failed, seen: failed },
      { own: ["test-vanished a.test.js > again"], seen: ["test-vanished a.test.js > again"] },
      { own: [], seen: undefined },
    ]);
  });
}

test("node-test: the tests that are named after a changed file are run; where there are none, all are by the check", async () => {
  const head = 'import { test } from "node:test";\nimport assert from "node:assert";\n';
  const files = {
    "package.json": '{ "type": "module" }\n',
    "src/a.js": "export const a = 1;\n",
    "src/b.js": "export const b = 1;\n",
    "test/a.test.js": `${head}import { a } from "../src/a.js";\ntest("a", () => assert.equal(a, 1));\ntest("again", () => assert.equal(a, 1));\n`,
    "test/other.test.js": `${head}import { b } from "../src/b.js";\ntest("b", () => assert.equal(b, 1));\n`,
  };
  const check = nodeTest.create({ name: "unit", use: "node-test", run: ["node", "--test", "--test-concurrency=1", "test/*.test.js"] });
  const results = await both(check, files, [
    { "src/a.js": "export const a = 2;\n" },
    { "test/a.test.js": `${head}import { a } from "../src/a.js";\ntest("a", () => assert.equal(a, 1));\n` },
    { "src/b.js": "export const b = 2;\n" },
  ]);
  const failed = ["test/a.test.js:4 test", "test/a.test.js:5 test"];
  const vanished = ["test-vanished test/a.test.js > again"];
  assert.deepEqual(results, [{ own: failed, seen: failed }, { own: vanished, seen: vanished }, { own: ["test/other.test.js:4 test"], seen: undefined }]);
});
