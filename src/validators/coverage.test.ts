import assert from "node:assert/strict";
import { test } from "node:test";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition, Workspace } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { weigh } from "../domain/weigh.ts";
import { validator } from "./coverage.ts";
import { parseCoverage } from "./shared/coverage-report.ts";

const CODE = `exports.used = (a) => {
  if (a) return 1;
  return 2;
};
exports.unused = () => {
  return 3;
};
`;
const PROJECT = {
  "package.json": '{ "jest": { "testEnvironment": "node" } }',
  "src/a.js": CODE,
  "test/a.test.js": 'const { used } = require("../src/a.js");\ntest("a", () => { expect(used(1)).toBe(1); });\n',
};

function check(options: Partial<CheckDefinition>) {
  return validator.create({ name: "cover", use: "coverage", ...options });
}

function assertRead(reading: Reading): Read {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

function jest(workspace: Workspace, reporter: string, report: string, more: Partial<CheckDefinition> = {}): Promise<Reading> {
  const run = ["jest", "--coverage", `--coverageReporters=${reporter}`, "--coverageDirectory={scratch}"];
  return check({ run, report: `{scratch}/${report}`, ...more }).read(workspace);
}

test("reads the same of what Istanbul writes in each of its forms", async () => {
  using workspace = plainWorkspace(PROJECT);
  for (const [reporter, report] of [["json", "coverage-final.json"], ["json-summary", "coverage-summary.json"], ["lcovonly", "lcov.info"], ["cobertura", "cobertura-coverage.xml"]] as const) {
    const { coverage, findings } = assertRead(await jest(workspace, reporter, report));
    assert.deepEqual([coverage, findings], [{ files: { "src/a.js": { lines: 5, covered: 3 } } }, []], reporter);
  }
});

test("reads what Node's own runner writes, below the floor and not", async () => {
  using workspace = plainWorkspace({
    "src/a.mjs": "export const a = (x) => {\n  if (x) return 1;\n  return 2;\n};\n",
    "a.test.mjs": 'import test from "node:test"; import { a } from "./src/a.mjs"; test("a", () => { a(1); });\n',
  });
  const run = ["node", "--test", "--experimental-test-coverage", "--test-coverage-exclude=*.test.mjs", "--test-reporter=lcov", "--test-reporter-destination={scratch}/lcov.info"];
  const read = async (floor: number): Promise<Read> => assertRead(await check({ run, report: "{scratch}/lcov.info", floor }).read(workspace));
  const low = await read(90);
  assert.deepEqual(low.coverage?.files, { "src/a.mjs": { lines: 4, covered: 3 } });
  assert.deepEqual(low.findings.map(({ rule, message }) => [rule, message]), [["coverage-floor", "less than 90 % of the lines are covered"]]);
  assert.deepEqual((await read(75)).findings, []);
});

test("a tree that its tests cover less is worse than its base; a failing run says so besides", async () => {
  using base = plainWorkspace(PROJECT);
  using less = plainWorkspace({ ...PROJECT, "test/a.test.js": 'require("../src/a.js");\ntest("a", () => {});\n' });
  using red = plainWorkspace({ ...PROJECT, "test/a.test.js": 'const { used } = require("../src/a.js");\ntest("a", () => { used(1); throw new Error("x"); });\n' });
  const [before, after, failing] = [await jest(base, "json", "coverage-final.json"), await jest(less, "json", "coverage-final.json"), await jest(red, "json", "coverage-final.json")];
  const weight = weigh([before], [after]);
  assert.deepEqual([weight.kind, weight.reasons.map(({ code, args }) => [code, args["file"], args["from"], args["to"]])], [
    "worse",
    [["coverage-fell", "", 60, 40], ["coverage-fell", "src/a.js", 60, 40]],
  ]);
  assert.deepEqual(assertRead(failing).findings.map(({ rule }) => rule), ["exit-code"]);
});

test("a report that was not written in this run is not read", async () => {
  using workspace = plainWorkspace({ "lcov.info": "SF:a.ts\nDA:1,1\nend_of_record\n" });
  assert.equal((await check({ run: ["true"], report: "lcov.info" }).read(workspace)).kind, "crashed");
});

test("records of a file are one, sums count where no lines are, and what stands outside is left out", async () => {
  const parse = (...lines: string[]) => parseCoverage(lines.join("\r\n"), "/trees/one", "pkg");
  assert.deepEqual(
    await parse("TN:", "SF:src\\a.ts", "DA:1,0", "DA:2,5,abc", "end_of_record", "SF:/trees/one/pkg/src/a.ts", "DA:1,1", "end_of_record"),
    { "pkg/src/a.ts": { lines: 2, covered: 2 } },
  );
  assert.deepEqual(await parse("SF:a.ts", "DA:1,0", "end_of_record", "SF:a.ts", "DA:1,2", "end_of_record"), { "pkg/a.ts": { lines: 1, covered: 1 } });
  assert.deepEqual(await parse("SF:a.ts", "LF:4", "LH:3", "end_of_record", "SF:../../far.ts", "DA:1,1", "end_of_record"), { "pkg/a.ts": { lines: 4, covered: 3 } });
  for (const broken of [["SF:a.ts", "DA:1,1"], ["SF:a.ts", "LF:3", "LH:4", "end_of_record"], ["SF:a.ts", "DA:x,y", "end_of_record"], ["end_of_record"]]) {
    assert.equal(await parse(...broken), undefined, broken.join(" "));
  }
});

test("Cobertura names files below its source folder; entities of its own are not expanded", async () => {
  const xml = (source: string, file: string) =>
    `<?xml version="1.0"?><!DOCTYPE coverage [<!ENTITY b "x.py">]><coverage line-rate="1"><sources><source>${source}</source></sources>` +
    `<packages><package><classes><class filename="${file}"><methods/><lines><line number="1" hits="2"/><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>`;
  const seen = { lines: 2, covered: 1 };
  assert.deepEqual(await parseCoverage(xml("/trees/one/src", "a&amp;b.py"), "/trees/one", ""), { "src/a&b.py": seen });
  assert.deepEqual(await parseCoverage(xml("", "&b;"), "/trees/one", ""), { "&b;": seen });
  assert.equal(await parseCoverage(xml("/trees/one", "a.py").slice(0, -5), "/trees/one", ""), undefined);
  assert.equal(await parseCoverage("<coverage><packages/></coverage>", "/trees/one", ""), undefined);
});
