import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { validator } from "./vitest.ts";

const MODULE = { "package.json": '{ "type": "module" }' };

async function read(files: Record<string, string>, run?: string[]): Promise<Read> {
  using workspace = plainWorkspace({ ...MODULE, ...files });
  const reading = await validator.create({ name: "tests", use: "vitest", ...(run && { run }) }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

const messages = ({ findings }: Read): string[] => findings.map(({ rule, message }) => `${rule}: ${message}`).sort();

test("reads every test with its file and suites", async () => {
  const reading = await read({
    "src/a.test.ts": `
      import { describe, expect, it } from "vitest";
      describe("s", () => {
        it("good", () => {});
        it("good", () => {});
        it("bad", () => expect(1).toBe(2));
        it.skip("skipped", () => {});
        it.todo("planned");
      });`,
    "src/broken.test.ts": 'import "./absent.js";',
  });
  assert.deepEqual(reading.inventory, {
    "src/a.test.ts > s > good": "passed",
    "src/a.test.ts > s > good #2": "passed",
    "src/a.test.ts > s > bad": "failed",
    "src/a.test.ts > s > skipped": "skipped",
    "src/a.test.ts > s > planned": "skipped",
  });
  assert.deepEqual(messages(reading), ["suite: src/broken.test.ts", "test: src/a.test.ts > s > bad"]);
  assert.deepEqual(reading.findings.map(({ at }) => at?.file).sort(), ["src/a.test.ts", "src/broken.test.ts"]);
});

test("a hook that throws breaks its file", async () => {
  const reading = await read({
    "a.test.ts": 'import { beforeAll, it } from "vitest"; beforeAll(() => { throw new Error("x"); }); it("a", () => {});',
  });
  assert.deepEqual(messages(reading), ["suite: a.test.ts"]);
  assert.deepEqual(reading.inventory, { "a.test.ts > a": "skipped" });
});

test("an error outside of any test is a finding", async () => {
  const reading = await read({
    "a.test.ts": `
      import { it } from "vitest";
      it("a", async () => {
        setTimeout(() => { throw new Error("late"); }, 1);
        await new Promise((resolve) => setTimeout(resolve, 100));
      });`,
  });
  assert.deepEqual(messages(reading), ["exit-code: exit code 1"]);
});

test("writes no snapshot, whatever the project's command line says", async () => {
  using workspace = plainWorkspace({
    ...MODULE,
    "a.test.ts": 'import { expect, it } from "vitest"; it("a", () => expect(1).toMatchSnapshot());',
  });
  const run = ["vitest", "--update", "--watch", "--reporter", "verbose", "--coverage", "--bail", "1", "a.test"];
  const reading = await validator.create({ name: "tests", use: "vitest", run }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(messages(reading), ["test: a.test.ts > a"]);
  assert.equal(await workspace.readText("__snapshots__/a.test.ts.snap"), undefined);
});

test("no tests are no evidence", async () => {
  using workspace = plainWorkspace(MODULE);
  const reading = await validator.create({ name: "tests", use: "vitest" }).read(workspace);
  assert.equal(reading.kind, "unreadable");
});

test("detects Vitest in the test script, and reads what was detected", async () => {
  const detect = (script: string, more: Record<string, string> = {}) =>
    validator.detect(projectOf({ ...more, "package.json": JSON.stringify({ scripts: { test: script } }) }));
  const found = (run: string[]) => [{ name: "vitest", use: "vitest", run }];
  assert.deepEqual(await detect("vitest"), found(["vitest"]));
  assert.deepEqual(await detect("tsc --noEmit && eslint . && npx vitest --run src"), found(["vitest", "--run", "src"]));
  assert.deepEqual(await detect("tsc && vitest", { "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }' }), found(["vitest"]));
  assert.deepEqual(await detect("tsc && vitest"), []);
  assert.deepEqual(await detect("vitest run && playwright test"), []);
  assert.deepEqual(await detect("vitest bench"), []);
  const [definition] = await detect("cross-env SPEED=fast NODE_OPTIONS='--no-warnings --trace-uncaught' vitest --watch");
  assert.deepEqual(definition?.["env"], { SPEED: "fast", NODE_OPTIONS: "--no-warnings --trace-uncaught" });
  using workspace = plainWorkspace({
    ...MODULE,
    "a.test.ts": 'import { expect, it } from "vitest"; it("a", () => expect(process.env.SPEED).toBe("fast"));',
  });
  assert.ok(definition);
  const reading = await validator.create(definition).read(workspace);
  assert.deepEqual(isRead(reading) && reading.inventory, { "a.test.ts > a": "passed" });
});
