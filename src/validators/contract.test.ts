/**
 * What every validator keeps to, whichever tool it reads. The tools' faults are real ones: real programs that crash,
 * hang or print nonsense stand in the tool's place.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition, Command, Validator, Workspace } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { validator as astroCheck } from "./astro-check.ts";
import { validator as biome } from "./biome.ts";
import { validator as command } from "./command.ts";
import { validator as coverage } from "./coverage.ts";
import { validator as eslint } from "./eslint.ts";
import { validator as jest } from "./jest.ts";
import { validator as sarif } from "./sarif.ts";
import { validator as mypy } from "./mypy.ts";
import { validator as nodeTest } from "./node-test.ts";
import { validator as pyright } from "./pyright.ts";
import { validator as pytest } from "./pytest.ts";
import { validator as pythonSyntax } from "./python-syntax.ts";
import { validator as ruff } from "./ruff.ts";
import { validator as problemMatcher } from "./problem-matcher.ts";
import { validator as structure } from "./structure.ts";
import { validator as oxlint } from "./oxlint.ts";
import { validator as svelteCheck } from "./svelte-check.ts";
import { validator as tsc } from "./tsc.ts";
import { validator as vitest } from "./vitest.ts";
import { validator as vueTsc } from "./vue-tsc.ts";

type Files = Readonly<Record<string, string>>;

interface Case {
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
}

const manifest = (test: string): string => JSON.stringify({ type: "module", scripts: { test } });
const junit = (inner: string): string => `<testsuite name="s"><testcase name="t" file="a.xml">${inner}</testcase></testsuite>`;
const lcov = (...hits: number[]): string => `SF:a.ts\n${hits.map((count, index) => `DA:${index + 1},${count}\n`).join("")}end_of_record\n`;
const jestManifest = { "package.json": '{ "scripts": { "test": "jest" } }' };

const component = (value: string): string => `<script lang="ts">\n  export const n: number = ${value};\n</script>\n`;
const TYPES = { "tsconfig.json": '{ "compilerOptions": { "types": [], "skipLibCheck": true, "noEmit": true, "module": "esnext", "moduleResolution": "bundler", "lib": ["es2022", "dom"] } }' };

const CASES: readonly Case[] = [
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
    standIn: ["node", join(import.meta.dirname, "../../test/support/astro.ts")],
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

function definitionOf({ validator, options }: Case): CheckDefinition {
  return { name: "its-own-name", use: validator.name, ...options };
}

async function read(one: Case, text: string): Promise<Reading> {
  using workspace = plainWorkspace({ ...one.project, [one.file]: text });
  return await one.validator.create(definitionOf(one)).read(asInstalled(one, workspace));
}

/** The workspace with the case's own stand-in where its tool is not there. */
function asInstalled({ standIn }: Case, workspace: Workspace): Workspace {
  if (!standIn) return workspace;
  return { ...workspace, run: (asked) => workspace.run({ ...asked, argv: [...standIn, ...asked.argv.slice(1)] }) };
}

/** Where a tool was told to write its report. */
function reportOf(argv: readonly string[], scratch: string): string | undefined {
  const found = argv.find((word) => word.includes(scratch));
  return found?.slice(found.indexOf(scratch));
}

/** The workspace with another program in the tool's place. */
function withStandIn(workspace: Workspace, standIn: (command: Command) => Partial<Command>): Workspace {
  const isTool = ({ argv: [program = ""] }: Command): boolean => !["mkdir", "rm"].includes(program);
  return { ...workspace, run: (asked) => workspace.run(isTool(asked) ? { ...asked, ...standIn(asked) } : asked) };
}

/** A program that prints `text`, writes `report` where the tool should have, and ends with `code`. */
function printing(text: string, report: string, code: number, scratch: string): (asked: Command) => Partial<Command> {
  const script = `test -z "$3" || printf %s "$2" > "$3"; printf %s "$1"; exit ${code}`;
  return ({ argv }) => ({ argv: ["sh", "-c", script, "sh", text, report, reportOf(argv, scratch) ?? ""] });
}

const FAULTS: Readonly<Record<string, { argv: string[]; kind: Reading["kind"] }>> = {
  "a signal": { argv: ["sh", "-c", "kill -KILL $$"], kind: "crashed" },
  "exit code 126": { argv: ["sh", "-c", "exit 126"], kind: "missing" },
  "exit code 127": { argv: ["sh", "-c", "exit 127"], kind: "missing" },
  "a program that is not there": { argv: ["no-such-program-anywhere"], kind: "missing" },
  "an exit code of its own": { argv: ["sh", "-c", "echo fatal >&2; exit 70"], kind: "crashed" },
  "no end": { argv: ["sleep", "60"], kind: "timeout" },
};

for (const one of CASES) {
  const { name } = one.validator;

  test(`${name}: a good tree reads clean, a bad one does not, and the same the next time`, async () => {
    const [good, bad, again] = [await read(one, one.good), await read(one, one.bad), await read(one, one.bad)];
    assert.ok(isRead(good) && isRead(bad) && isRead(again), JSON.stringify([good, bad, again]));
    assert.deepEqual([good.check, bad.check], ["its-own-name", "its-own-name"]);
    assert.deepEqual(good.findings, []);
    assert.notEqual(bad.findings.length, 0);
    assert.ok(bad.findings.every(({ by, at }) => by === "its-own-name" && at?.file === (one.isUnplaced ? undefined : one.file)));
    assert.deepEqual(again.findings, bad.findings);
    const moved = await read(one, `\n${one.bad}`);
    assert.ok(isRead(moved), JSON.stringify(moved));
    const keys = ({ findings }: Read): string[] => findings.map(({ key }) => key);
    assert.deepEqual(keys(moved), keys(bad), "a finding keeps its key when lines move");
  });

  for (const [fault, { argv, kind }] of Object.entries(FAULTS)) {
    test(`${name}: ${fault} is ${kind}, never a reading`, async () => {
      using workspace = plainWorkspace({ ...one.project, [one.file]: one.good });
      const definition = { ...definitionOf(one), ...(kind === "timeout" && { timeoutMs: 100 }) };
      const reading = await one.validator.create(definition).read(withStandIn(workspace, () => ({ argv })));
      assert.equal(reading.kind, kind, JSON.stringify(reading));
      assert.equal(reading.check, "its-own-name");
    });
  }

  test(`${name}: nonsense and silence are no reading, whatever the exit code`, async () => {
    using workspace = plainWorkspace({ ...one.project, [one.file]: one.good });
    for (const text of ["", "null", "[{}]", "{}", '{"testResults":[{}]}', "<testsuite", "all is well\n", "\u0001\uFFFD"]) {
      for (const code of [0, 1]) {
        if (code === 0 && (one.isFreeText === true || (one.isSilent === true && text === ""))) continue;
        const broken = withStandIn(workspace, printing(text, text, code, workspace.scratch));
        const reading = await one.validator.create(definitionOf(one)).read(broken);
        assert.ok(!isRead(reading), `${text} ${code}: ${JSON.stringify(reading)}`);
      }
    }
  });

  test(`${name}: an output that was cut is no reading, the whole one is`, async () => {
    using workspace = plainWorkspace({ ...one.project, [one.file]: one.bad });
    const seen = { text: "", report: "", code: 0 };
    const check = one.validator.create(definitionOf(one));
    const recording = async (asked: Command) => {
      const outcome = await asInstalled(one, workspace).run(asked);
      const path = reportOf(asked.argv, workspace.scratch);
      seen.report = (path !== undefined && (await workspace.readText(path))) || "";
      seen.text = outcome.stdout;
      seen.code = outcome.ended.kind === "exited" ? outcome.ended.code : -1;
      return outcome;
    };
    await check.read({ ...workspace, run: recording });
    const replay = (share: number) =>
      withStandIn(workspace, (asked) => ({
        ...printing(seen.text, seen.report.slice(0, share * seen.report.length), seen.code, workspace.scratch)(asked),
        maxOutputBytes: Math.ceil(share * Buffer.byteLength(seen.text)),
      }));
    assert.ok(isRead(await check.read(replay(1))));
    assert.ok(!isRead(await check.read(replay(0.5))));
  });

  test(`${name}: is found in its own kind of project only, by a definition that is plain data`, async () => {
    assert.deepEqual(await one.validator.detect(projectOf({})), []);
    assert.deepEqual(await one.validator.detect(projectOf({ "package.json": "{ not json", "tsconfig.base.json": "" })), []);
    const packages = ["eslint", "@biomejs/biome", "oxlint", "vue-tsc", "svelte-check", "@astrojs/check"];
    const installed = Object.fromEntries(packages.map((one) => [`node_modules/${one}/package.json`, "{}"]));
    const [definition] = await one.validator.detect(projectOf({ ...one.project, [one.file]: one.good }, installed));
    assert.equal(definition?.use, one.isConfigured ? undefined : name);
    if (!definition) return;
    assert.deepEqual(JSON.parse(JSON.stringify(definition)), definition);
    assert.deepEqual(one.validator.create(definition).definition, definition);
  });
}

test("every validator is held to this", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "index.ts");
  assert.deepEqual(CASES.map(({ validator }) => `${validator.name}.ts`).sort(), files.sort());
  for (const { validator } of CASES) assert.match(validator.summary, /^[A-Z].*\.$/);
});
