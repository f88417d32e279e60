import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead, type Inventory, type Reading } from "../domain/reading.ts";
import { validator } from "./node-test.ts";

async function read(files: Record<string, string>, run?: string[]): Promise<Reading> {
  using workspace = plainWorkspace({ "package.json": '{ "type": "module" }', ...files });
  return await validator.create({ name: "tests", use: "node-test", ...(run && { run }) }).read(workspace);
}

function seen(reading: Reading): { messages: string[]; inventory: Inventory | undefined } {
  assert.ok(isRead(reading), JSON.stringify(reading));
  const messages = reading.findings.map(({ rule, message }) => `${rule}: ${message}`).sort();
  return { messages, inventory: reading.inventory };
}

test("reads every test with its file and the tests around it", async () => {
  const reading = await read({
    "src/a.test.ts": `
      import { describe, it, test } from "node:test";
      describe("s", () => {
        it("good", () => {});
        it("good", () => {});
        it("bad", () => { throw new Error("no"); });
        it.skip("skipped", () => {});
        it.todo("planned", () => { throw new Error("not yet"); });
      });
      test("outer", async (t: any) => {
        await t.test("inner", () => {});
        await t.test("bad", () => { throw new Error("no"); });
      });`,
  });
  assert.deepEqual(seen(reading), {
    inventory: {
      "src/a.test.ts > s > good": "passed",
      "src/a.test.ts > s > good #2": "passed",
      "src/a.test.ts > s > bad": "failed",
      "src/a.test.ts > s > skipped": "skipped",
      "src/a.test.ts > s > planned": "skipped",
      "src/a.test.ts > outer > inner": "passed",
      "src/a.test.ts > outer > bad": "failed",
      "src/a.test.ts > outer": "failed",
    },
    messages: ["test: src/a.test.ts > outer > bad", "test: src/a.test.ts > s > bad"],
  });
});

test("tells files and suites that fail by themselves from failed tests", async () => {
  const reading = await read({
    "broken.test.js": 'import "./absent.js";',
    "plain.test.js": "// Ends well, and that is its test.",
    "leaves.test.js": 'import { test } from "node:test"; test("a", () => {}); process.on("exit", () => { process.exitCode = 3; });',
    "hook.test.js": `
      import { after, describe, it } from "node:test";
      describe("s", () => { after(() => { throw new Error("no"); }); it("a", () => {}); });`,
  });
  assert.deepEqual(seen(reading), {
    inventory: { "hook.test.js > s > a": "passed", "leaves.test.js > a": "passed", "plain.test.js": "passed" },
    messages: ["suite: broken.test.js", "suite: hook.test.js > s", "suite: leaves.test.js"],
  });
});

test("tests that a helper makes bear the name of the file that runs them", async () => {
  const helper = 'import { test } from "node:test"; export const check = (name) => test(name, () => {});';
  const use = 'import { check } from "../helper.js"; check("works");';
  const reading = await read({ "helper.js": helper, "test/a.test.js": use, "test/b.test.js": use });
  assert.deepEqual(seen(reading).inventory, { "test/a.test.js > works": "passed", "test/b.test.js > works": "passed" });
});

test("takes the project's own reporters and watching out of the command line", async () => {
  const run = ["node", "--no-warnings", "--test", "--watch", "--test-reporter", "tap", "--test-reporter-destination=x", "src/*.js"];
  const good = 'import { test } from "node:test"; test("a", () => {});';
  const reading = await read({ "src/a.js": good, "other/b.test.js": good }, run);
  assert.deepEqual(seen(reading).inventory, { "src/a.js > a": "passed" });
});

test("no tests are no evidence, and a pattern without a file is no reading", async () => {
  assert.equal((await read({})).kind, "unreadable");
  assert.equal((await read({}, ["node", "--test", "absent.js"])).kind, "crashed");
});

test("detects Node's runner in the test script", async () => {
  const detect = (script: string) =>
    validator.detect(projectOf({ "package.json": JSON.stringify({ scripts: { test: script } }) }));
  const found = (...run: string[]) => [{ name: "node-test", use: "node-test", run }];
  assert.deepEqual(await detect("node --test"), found("node", "--test"));
  const withLoader = await detect("node --import tsx --test 'test/**/*.ts'");
  assert.deepEqual(withLoader, found("node", "--import", "tsx", "--test", "test/**/*.ts"));
  assert.deepEqual(await detect("node test.js"), []);
  assert.deepEqual(await detect("node --test > log"), []);
  assert.deepEqual(await detect("npm run build && node --test"), []);
});
