import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../../test/support/project.ts";
import { findTestScript } from "./test-script.ts";

const find = (scripts: Record<string, string>, files: Record<string, string> = {}) =>
  findTestScript(projectOf({ ...files, "package.json": JSON.stringify({ scripts }) }));

test("prefers `test` to `test:unit`, and takes the latter where the former is npm's own", async () => {
  assert.equal((await find({ test: "vitest", "test:unit": "jest" }))?.use, "vitest");
  assert.equal((await find({ test: 'echo "Error: no test specified" && exit 1', "test:unit": "jest" }))?.use, "jest");
});

test("a script that runs before the tests counts as part of them", async () => {
  assert.equal((await find({ pretest: "eslint .", test: "vitest" }))?.use, "vitest");
  assert.equal((await find({ pretest: "node build.js", test: "vitest" }))?.use, "command");
});

test("two runners, or anything that stet does not check by itself, stay one command", async () => {
  for (const script of ["vitest && jest", "prettier --check . && vitest", "vitest; true", "c8 vitest", "npm run unit"]) {
    assert.deepEqual(await find({ test: script }), { use: "command", run: ["npm", "run", "test"], env: {} }, script);
  }
});

test("what is not a package.json with scripts has no tests", async () => {
  for (const text of ["", "[]", '{ "scripts": [] }', '{ "scripts": { "test": 1 } }', '{ "scripts": { "test": " " } }']) {
    assert.equal(await findTestScript(projectOf({ "package.json": text })), undefined, text);
  }
});
