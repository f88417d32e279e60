import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { validator } from "./jest.ts";

async function read(files: Record<string, string>, run?: string[]): Promise<Read> {
  using workspace = plainWorkspace({ "package.json": "{}", ...files });
  const reading = await validator.create({ name: "tests", use: "jest", ...(run && { run }) }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

const messages = ({ findings }: Read): string[] => findings.map(({ rule, message }) => `${rule}: ${message}`).sort();

test("reads every test with its file and suites", async () => {
  const reading = await read({
    "src/a.test.js": `
      describe("s", () => {
        it("good", () => {});
        it("bad", () => expect(1).toBe(2));
        it.skip("skipped", () => {});
        it.todo("planned");
      });`,
    "src/broken.test.js": 'require("./absent.js");',
  });
  assert.deepEqual(reading.inventory, {
    "src/a.test.js > s > good": "passed",
    "src/a.test.js > s > bad": "failed",
    "src/a.test.js > s > skipped": "skipped",
    "src/a.test.js > s > planned": "skipped",
  });
  assert.deepEqual(messages(reading), ["suite: src/broken.test.js", "test: src/a.test.js > s > bad"]);
});

test("writes no snapshot, whatever the project's command line says", async () => {
  using workspace = plainWorkspace({ "package.json": "{}", "a.test.js": 'it("a", () => expect(1).toMatchSnapshot());' });
  const run = ["node", "node_modules/jest/bin/jest.js", "-u", "--watchAll", "--coverage", "--bail", "--json", "a.test"];
  const reading = await validator.create({ name: "tests", use: "jest", run }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(messages(reading), ["test: a.test.js > a"]);
  assert.equal(await workspace.readText("__snapshots__/a.test.js.snap"), undefined);
});

test("a coverage threshold that is missed is a finding", async () => {
  const manifest = { jest: { collectCoverage: true, coverageThreshold: { global: { lines: 100 } } } };
  const reading = await read({
    "package.json": JSON.stringify(manifest),
    "a.js": "exports.a = () => 1;\nexports.b = () => {\n  return 2;\n};\n",
    "a.test.js": 'it("a", () => expect(require("./a.js").a()).toBe(1));',
  });
  assert.deepEqual(messages(reading), ["exit-code: exit code 1"]);
});

test("no tests are no evidence", async () => {
  using workspace = plainWorkspace({ "package.json": "{}" });
  const reading = await validator.create({ name: "tests", use: "jest" }).read(workspace);
  assert.equal(reading.kind, "unreadable");
});

test("detects Jest in the test script", async () => {
  const detect = (script: string) =>
    validator.detect(projectOf({ "package.json": JSON.stringify({ scripts: { test: script } }) }));
  const found = (run: string[], env?: Record<string, string>) => [{ name: "jest", use: "jest", run, ...(env && { env }) }];
  assert.deepEqual(await detect("jest --watch"), found(["jest", "--watch"]));
  assert.deepEqual(await detect("NODE_OPTIONS=--experimental-vm-modules npx jest"), [
    ...found(["jest"], { NODE_OPTIONS: "--experimental-vm-modules" }),
  ]);
  const direct = ["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js", "src"];
  assert.deepEqual(await detect(direct.join(" ")), found(direct));
  assert.deepEqual(await detect("jest | tee log"), []);
  assert.deepEqual(await detect("vitest"), []);
});
