import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { validator } from "./command.ts";

async function read(options: Partial<CheckDefinition>, files: Record<string, string> = {}): Promise<Reading> {
  using workspace = plainWorkspace(files);
  return await validator.create({ name: "check", use: "command", ...options }).read(workspace);
}

function assertRead(reading: Reading): Read {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

test("reads an exit code", async () => {
  assert.deepEqual(assertRead(await read({ run: ["true"] })).findings, []);
  const { findings } = assertRead(await read({ run: ["sh", "-c", "exit 3"] }));
  assert.deepEqual(findings.map(({ rule, message }) => [rule, message]), [["exit-code", "exit code 3"]]);
});

test("runs in its folder, with its environment and no shell", async () => {
  const script = 'test "$PWD" != "${PWD%/sub folder}" && test "$1" = "$HOME;x" && test "$MODE" = fast && test "$CI" = 1';
  const run = ["sh", "-c", script.replace("$HOME", "\\$HOME"), "sh", "$HOME;x"];
  const files = { "sub folder/a": "" };
  assert.deepEqual(assertRead(await read({ run, cwd: "sub folder", env: { MODE: "fast" } }, files)).findings, []);
});

const JUNIT = `<?xml version="1.0"?>
<testsuites>
  <testsuite name="outer">
    <testcase classname="outer" name="adds &lt;1&gt;" file="test/a.py" line="7"/>
    <testsuite name="inner">
      <testcase name="fails"><failure message="x">no</failure></testcase>
      <testcase name="errs"><error/></testcase>
      <testcase name="waits"><skipped/></testcase>
      <testcase name="fails"/>
    </testsuite>
  </testsuite>
</testsuites>
`;

test("reads tests from a JUnit report in the scratch folder or the tree", async () => {
  for (const junit of ["{scratch}/report.xml", "report.xml"]) {
    const { findings, inventory } = assertRead(await read({ run: ["cp", "saved.xml", junit], junit }, { "saved.xml": JUNIT }));
    assert.deepEqual(inventory, {
      "test/a.py > outer > adds <1>": "passed",
      "outer > inner > fails": "failed",
      "outer > inner > errs": "failed",
      "outer > inner > waits": "skipped",
      "outer > inner > fails #2": "passed",
    });
    assert.deepEqual(findings.map(({ message }) => message), ["outer > inner > fails", "outer > inner > errs"]);
  }
});

test("a report from an earlier run is not read again", async () => {
  const reading = await read({ run: ["true"], junit: "report.xml" }, { "report.xml": JUNIT });
  assert.equal(reading.kind, "crashed");
});

test("a report without tests, cut short, or with entities of its own proves nothing", async () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>';
  for (const text of ["<testsuites/>", "<testsuites></testsuites>", JUNIT.slice(0, 300), "passed", "<html></html>"]) {
    const reading = await read({ run: ["cp", "saved.xml", "r.xml"], junit: "r.xml" }, { "saved.xml": text });
    assert.equal(reading.kind, "unreadable", text);
  }
  const hostile = `${bomb}<testsuite name="s"><testcase name="&a;"/></testsuite>`;
  const reading = await read({ run: ["cp", "saved.xml", "r.xml"], junit: "r.xml" }, { "saved.xml": hostile });
  assert.deepEqual(Object.keys((isRead(reading) && reading.inventory) || {}), ["s > &a;"]);
});

test("a command that fails although every test passed is a finding", async () => {
  const saved = '<testsuite name="s"><testcase name="t"/></testsuite>';
  const run = ["sh", "-c", "cp saved.xml r.xml; exit 4"];
  const { findings } = assertRead(await read({ run, junit: "r.xml" }, { "saved.xml": saved }));
  assert.deepEqual(findings.map(({ message }) => message), ["exit code 4"]);
});

test("detects a test script that no runner reads, for the package manager in use", async () => {
  const detect = (scripts: Record<string, string>, files: Record<string, string> = {}) =>
    validator.detect(projectOf({ ...files, "package.json": JSON.stringify({ scripts }) }));
  const found = (...run: string[]) => [{ name: "test", use: "command", run }];
  assert.deepEqual(await detect({ test: "ava" }), found("npm", "run", "test"));
  assert.deepEqual(await detect({ test: "build && vitest" }, { "pnpm-lock.yaml": "" }), found("pnpm", "run", "test"));
  assert.deepEqual(await detect({ "test:unit": "mocha | tap" }, { "yarn.lock": "" }), found("yarn", "run", "test:unit"));
  assert.deepEqual(await detect({ test: 'echo "Error: no test specified" && exit 1' }), []);
  assert.deepEqual(await detect({ test: "vitest" }), []);
  assert.deepEqual(await detect({}), []);
});
