/** For each kind of check, the smallest project of its kind with a good and a bad text: what the contract suite is run on. */
import { join } from "node:path";
import type { CheckDefinition, Validator } from "../../src/domain/plugin.ts";
import { provideGo } from "./go.ts";
import { MANIFEST } from "./rust.ts";
import { validator as astroCheck } from "../../src/validators/astro-check.ts";
import { validator as biome } from "../../src/validators/biome.ts";
import { validator as cargoTest } from "../../src/validators/cargo-test.ts";
import { validator as cargo } from "../../src/validators/cargo.ts";
import { validator as command } from "../../src/validators/command.ts";
import { validator as coverage } from "../../src/validators/coverage.ts";
import { validator as eslint } from "../../src/validators/eslint.ts";
import { validator as goTest } from "../../src/validators/go-test.ts";
import { validator as goVet } from "../../src/validators/go-vet.ts";
import { validator as jest } from "../../src/validators/jest.ts";
import { validator as mypy } from "../../src/validators/mypy.ts";
import { validator as nodeTest } from "../../src/validators/node-test.ts";
import { validator as oxlint } from "../../src/validators/oxlint.ts";
import { validator as problemMatcher } from "../../src/validators/problem-matcher.ts";
import { validator as pyright } from "../../src/validators/pyright.ts";
import { validator as pytest } from "../../src/validators/pytest.ts";
import { validator as pythonSyntax } from "../../src/validators/python-syntax.ts";
import { validator as ruff } from "../../src/validators/ruff.ts";
import { validator as sarif } from "../../src/validators/sarif.ts";
import { validator as structure } from "../../src/validators/structure.ts";
import { validator as svelteCheck } from "../../src/validators/svelte-check.ts";
import { validator as tsc } from "../../src/validators/tsc.ts";
import { validator as vitest } from "../../src/validators/vitest.ts";
import { validator as vueTsc } from "../../src/validators/vue-tsc.ts";

type Files = Readonly<Record<string, string>>;

export interface Case {
  readonly validator: Validator;
  readonly options?: Partial<CheckDefinition>;
  /** What makes the project one of this kind. */
  readonly project: Files;
  readonly file: string;
  readonly good: string;
  readonly bad: string;
  /** An empty output with exit code 0 is this tool's way of saying that all is well. */
  readonly isSilent?: boolean;
  /** Every output with exit code 0 is a whole one: what no pattern takes says nothing. */
  readonly isFreeText?: boolean;
  /** Only configuration has it: no project is of its kind by itself. */
  readonly isConfigured?: boolean;
  /** What it finds stands nowhere: it is about the whole. */
  readonly isUnplaced?: boolean;
  /** A program in the tool's place, where it is not installed here: it plays what the real one was recorded to say. */
  readonly standIn?: readonly string[];
  /** Programs that npm cannot install. */
  readonly needs?: readonly string[];
}

const manifest = (test: string): string => JSON.stringify({ type: "module", scripts: { test } });
const junit = (inner: string): string => `<testsuite name="s"><testcase name="t" file="a.xml">${inner}</testcase></testsuite>`;
const lcov = (...hits: number[]): string => `SF:a.ts\n${hits.map((count, index) => `DA:${index + 1},${count}\n`).join("")}end_of_record\n`;
const jestManifest = { "package.json": '{ "scripts": { "test": "jest" } }' };

const component = (value: string): string => `<script lang="ts">\n  export const n: number = ${value};\n</script>\n`;
const TYPES = { "tsconfig.json": '{ "compilerOptions": { "types": [], "skipLibCheck": true, "noEmit": true, "module": "esnext", "moduleResolution": "bundler", "lib": ["es2022", "dom"] } }' };

const goModule = { "go.mod": "module example.com/sample\n\ngo 1.19\n" };
provideGo();

export const CASES: readonly Case[] = [
  {
    validator: biome,
    project: { "biome.json": '{ "linter": { "rules": { "suspicious": { "noDebugger": "warn", "noVar": "error" } } } }' },
    file: "a.js",
    good: "export let a;\n",
    bad: "debugger;\nexport var a;\n",
  },
  {
    validator: oxlint,
    project: { ".oxlintrc.json": '{ "rules": { "no-var": "error" } }' },
    file: "a.js",
    good: "export let a;\n",
    bad: "debugger;\nexport var a;\n",
  },
  { validator: vueTsc, project: TYPES, file: "a.vue", good: component("1"), bad: component("'x'"), isSilent: true },
  { validator: svelteCheck, options: { tsconfig: "tsconfig.json" }, project: TYPES, file: "a.svelte", good: component("1"), bad: component("'x'") },
  {
    validator: astroCheck,
    project: { "astro.config.mjs": "export default {};\n" },
    file: "src/pages/index.astro",
    good: "---\n---\n",
    bad: '---\nconst n: number = "x";\n---\n',
    standIn: ["node", join(import.meta.dirname, "astro.ts")],
  },
  {
    validator: cargo,
    project: { "Cargo.toml": MANIFEST },
    file: "src/lib.rs",
    good: "pub fn a() -> u8 {\n    1\n}\n",
    bad: 'pub fn a() -> u8 {\n    "x"\n}\n',
    needs: ["cargo"],
  },
  {
    validator: cargoTest,
    project: { "Cargo.toml": MANIFEST },
    file: "src/lib.rs",
    good: "#[test]\nfn a() {}\n",
    bad: "#[test]\nfn a() {\n    panic!();\n}\n",
    needs: ["cargo"],
  },
  {
    validator: goTest,
    project: { ...goModule, "a.go": "package sample\n" },
    file: "a_test.go",
    good: 'package sample\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n',
    bad: 'package sample\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Error("no") }\n',
  },
  {
    validator: goVet,
    project: goModule,
    file: "a.go",
    good: "package sample\n",
    bad: "package sample\n\nfunc a() { missing() }\n",
  },
  {
    validator: tsc,
    project: { "tsconfig.json": '{ "compilerOptions": { "types": [], "skipLibCheck": true, "lib": ["es5"] } }' },
    file: "a.ts",
    good: "export const a: number = 1;\n",
    bad: 'export const a: number = "x";\nexport const b: number = "x";\n',
    isSilent: true,
  },
  {
    validator: eslint,
    project: {
      "package.json": manifest("eslint"),
      "eslint.config.js": 'export default [{ rules: { "no-var": "error" } }];',
    },
    file: "a.js",
    good: "let a;\n",
    bad: "var a;\nvar b;\n",
  },
  {
    validator: vitest,
    project: { "package.json": manifest("vitest") },
    file: "a.test.js",
    good: 'import { test } from "vitest"; test("t", () => {});\n',
    bad: 'import { test } from "vitest"; test("t", () => { throw new Error("x"); });\n',
  },
  {
    validator: jest,
    project: jestManifest,
    file: "a.test.js",
    good: 'test("t", () => {});\n',
    bad: 'test("t", () => { throw new Error("x"); });\n',
  },
  {
    validator: nodeTest,
    project: { "package.json": manifest("node --test") },
    file: "a.test.js",
    good: 'import { test } from "node:test"; test("t", () => {});\n',
    bad: 'import { test } from "node:test"; test("t", () => { throw new Error("x"); });\n',
  },
  {
    validator: pythonSyntax,
    project: {},
    file: "a.py",
    good: "a = 1\n",
    bad: "a = (\n",
  },
  {
    validator: ruff,
    project: { "ruff.toml": "" },
    file: "a.py",
    good: "import os\nprint(os)\n",
    bad: "import os\nimport sys\n",
  },
  {
    validator: pyright,
    project: { "pyrightconfig.json": "{}" },
    file: "a.py",
    good: "a: int = 1\n",
    bad: 'a: int = "x"\nb: int = "x"\n',
  },
  {
    validator: mypy,
    project: { "mypy.ini": "[mypy]\n" },
    file: "a.py",
    good: "a: int = 1\n",
    bad: 'a: int = "x"\nb: int = "x"\n',
    isSilent: true,
  },
  {
    validator: pytest,
    project: { "pytest.ini": "[pytest]\n" },
    file: "test_a.py",
    good: "def test_a(): pass\n",
    bad: "def test_a(): assert 0\n",
  },
  {
    validator: command,
    options: { run: ["cp", "a.xml", "{scratch}/report.xml"], junit: "{scratch}/report.xml" },
    project: { "package.json": manifest("make test") },
    file: "a.xml",
    good: junit(""),
    bad: junit("<failure/>"),
  },
  {
    validator: sarif,
    options: { run: ["oxlint", "--format=sarif", "a.js"] },
    project: {},
    file: "a.js",
    good: "export const a = 1;\n",
    bad: "debugger;\ndebugger;\n",
    isConfigured: true,
  },
  {
    validator: problemMatcher,
    options: { run: ["cat", "a.txt"], matcher: [{ pattern: [{ regexp: "^([^:]+):(\\d+): (.*)$", file: 1, line: 2, message: 3 }] }] },
    project: {},
    file: "a.txt",
    good: "all is well\n",
    bad: "a.txt:1: one\na.txt:2: other\n",
    isSilent: true,
    isFreeText: true,
    isConfigured: true,
  },
  {
    validator: structure,
    options: { rules: [{ from: "*.js", mustNotImport: "lodash" }] },
    project: {},
    file: "a.js",
    good: 'import "./lodash.js";\n',
    bad: 'import _ from "lodash";\nimport "lodash/fp";\n',
    isConfigured: true,
  },
  {
    validator: coverage,
    options: { run: ["cp", "a.info", "{scratch}/lcov.info"], report: "{scratch}/lcov.info", floor: 80 },
    project: {},
    file: "a.info",
    good: lcov(1, 1),
    bad: lcov(1, 0),
    isConfigured: true,
    isUnplaced: true,
  },
];
