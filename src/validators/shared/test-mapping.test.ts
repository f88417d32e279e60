import assert from "node:assert/strict";
import { test } from "node:test";
import { mappingOption, testsOf } from "./test-mapping.ts";

const STANDARD = mappingOption.parse(undefined);

test("finds the tests of a file beside it and in the folders of tests, among those that run", () => {
  const known = new Set(["src/a.test.ts", "test/a.test.ts", "tests/deep/b.spec.js", "test/c.test.ts"]);
  const of = (...files: string[]): string[] | undefined => testsOf(files, STANDARD, known);
  assert.deepEqual(of("src/a.ts"), ["src/a.test.ts", "test/a.test.ts"]);
  assert.deepEqual(of("src/deep/b.js", "src/a.ts"), ["src/a.test.ts", "test/a.test.ts", "tests/deep/b.spec.js"]);
  assert.deepEqual(of("test/c.test.ts"), ["test/c.test.ts"]);
  assert.equal(of("src/d.ts"), undefined);
  assert.equal(of("src/a.ts", "package.json"), undefined);
});

test("a project's own mapping is taken literally, but for its two words", () => {
  const own = [{ from: "lib/{path}.py", to: "tests/test_{path}.py" }, { from: "a+b/{path}.{ext}", to: "t/{path}.{ext}$&" }];
  assert.deepEqual(testsOf(["lib/x.py"], own, new Set(["tests/test_x.py"])), ["tests/test_x.py"]);
  assert.deepEqual(testsOf(["a+b/x.js"], own, new Set(["t/x.js$&"])), ["t/x.js$&"]);
  assert.equal(testsOf(["aab/x.js"], own, new Set(["t/x.js$&"])), undefined);
  assert.equal(testsOf(["x/x.js"], [{ from: "{path}/{path}.js", to: "x" }], new Set(["x"])), undefined);
});
