/**
 * What every validator keeps to, whichever tool it reads. The tools' faults are real ones: real programs that crash,
 * hang or print nonsense stand in the tool's place.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { provideGo } from "../../test/support/go.ts";
import { needing } from "../../test/support/programs.ts";
import { MANIFEST } from "../../test/support/rust.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition, Command, Validator, Workspace } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { validator as cargo } from "./cargo.ts";
import { validator as cargoTest } from "./cargo-test.ts";
import { validator as command } from "./command.ts";
import { validator as eslint } from "./eslint.ts";
import { validator as goTest } from "./go-test.ts";
import { validator as goVet } from "./go-vet.ts";
import { validator as jest } from "./jest.ts";
import { validator as nodeTest } from "./node-test.ts";
import { validator as tsc } from "./tsc.ts";
import { validator as vitest } from "./vitest.ts";

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
  /** Programs that npm cannot install. */
  readonly needs?: readonly string[];
}

const manifest = (test: string): string => JSON.stringify({ type: "module", scripts: { test } });
const junit = (inner: string): string => `<testsuite name="s"><testcase name="t" file="a.xml">${inner}</testcase></testsuite>`;
const jestManifest = { "package.json": '{ "scripts": { "test": "jest" } }' };

const goModule = { "go.mod": "module example.com/sample\n\ngo 1.19\n" };
provideGo();

const CASES: readonly Case[] = [
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
    validator: command,
    options: { run: ["cp", "a.xml", "{scratch}/report.xml"], junit: "{scratch}/report.xml" },
    project: { "package.json": manifest("make test") },
    file: "a.xml",
    good: junit(""),
    bad: junit("<failure/>"),
  },
];

function definitionOf({ validator, options }: Case): CheckDefinition {
  return { name: "its-own-name", use: validator.name, ...options };
}

async function read(one: Case, text: string): Promise<Reading> {
  using workspace = plainWorkspace({ ...one.project, [one.file]: text });
  return await one.validator.create(definitionOf(one)).read(workspace);
}

/** Where a tool was told to write its report. */
function reportOf(argv: readonly string[], scratch: string): string | undefined {
  const found = argv.find((word) => word.includes(scratch));
  return found?.slice(found.indexOf(scratch));
}

/** Not what only makes room for a report. */
function isTool({ argv: [program = ""] }: Command): boolean {
  return !["mkdir", "rm"].includes(program);
}

/** The workspace with another program in the tool's place. */
function withStandIn(workspace: Workspace, standIn: (command: Command) => Partial<Command>): Workspace {
  return { ...workspace, run: (asked) => workspace.run(isTool(asked) ? { ...asked, ...standIn(asked) } : asked) };
}

/** A program that prints `text`, writes `report` where the tool should have, and ends with `code`. */
function printing(text: string, report: string, code: number, scratch: string): (asked: Command) => Partial<Command> {
  const script = "const [text, report, path] = process.argv.slice(1); if (path) fs.writeFileSync(path, report); fs.writeSync(1, text);";
  return ({ argv }) => ({
    argv: ["node", "-e", `${script} process.exitCode = ${code}`, "--", text, report, reportOf(argv, scratch) ?? ""],
  });
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
  const needed = needing(...(one.needs ?? []));

  test(`${name}: a good tree reads clean, a bad one does not, and the same the next time`, needed, async () => {
    const [good, bad, again] = [await read(one, one.good), await read(one, one.bad), await read(one, one.bad)];
    assert.ok(isRead(good) && isRead(bad) && isRead(again), JSON.stringify([good, bad, again]));
    assert.deepEqual([good.check, bad.check], ["its-own-name", "its-own-name"]);
    assert.deepEqual(good.findings, []);
    assert.notEqual(bad.findings.length, 0);
    assert.ok(bad.findings.every(({ by, at }) => by === "its-own-name" && at?.file === one.file));
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
        if (one.isSilent === true && text === "" && code === 0) continue;
        const broken = withStandIn(workspace, printing(text, text, code, workspace.scratch));
        const reading = await one.validator.create(definitionOf(one)).read(broken);
        assert.ok(!isRead(reading), `${text} ${code}: ${JSON.stringify(reading)}`);
      }
    }
  });

  test(`${name}: an output that was cut is no reading, the whole one is`, needed, async () => {
    using workspace = plainWorkspace({ ...one.project, [one.file]: one.bad });
    const seen: { text: string; report: string; code: number }[] = [];
    const check = one.validator.create(definitionOf(one));
    const recording = async (asked: Command) => {
      const outcome = await workspace.run(asked);
      if (!isTool(asked)) return outcome;
      const path = reportOf(asked.argv, workspace.scratch);
      const report = (path !== undefined && (await workspace.readText(path))) || "";
      seen.push({ text: outcome.stdout, report, code: outcome.ended.kind === "exited" ? outcome.ended.code : -1 });
      return outcome;
    };
    await check.read({ ...workspace, run: recording });
    const replay = (share: number) => {
      const rest = seen.values();
      return withStandIn(workspace, (asked) => {
        const { text, report, code } = rest.next().value ?? { text: "", report: "", code: 0 };
        const answer = printing(text, report.slice(0, share * report.length), code, workspace.scratch)(asked);
        return { ...answer, maxOutputBytes: Math.ceil(share * Buffer.byteLength(text)) };
      });
    };
    assert.ok(isRead(await check.read(replay(1))));
    assert.ok(!isRead(await check.read(replay(0.5))));
  });

  test(`${name}: is found in its own kind of project only, by a definition that is plain data`, async () => {
    assert.deepEqual(await one.validator.detect(projectOf({})), []);
    assert.deepEqual(await one.validator.detect(projectOf({ "package.json": "{ not json", "tsconfig.base.json": "" })), []);
    const installed = { "node_modules/eslint/package.json": "{}" };
    const [definition] = await one.validator.detect(projectOf({ ...one.project, [one.file]: one.good }, installed));
    assert.equal(definition?.use, name);
    assert.deepEqual(JSON.parse(JSON.stringify(definition)), definition);
    assert.deepEqual(one.validator.create(definition).definition, definition);
  });
}

test("every validator is held to this", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "index.ts");
  assert.deepEqual(CASES.map(({ validator }) => `${validator.name}.ts`).sort(), files.sort());
  for (const { validator } of CASES) assert.match(validator.summary, /^[A-Z].*\.$/);
});
