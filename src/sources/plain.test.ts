import assert from "node:assert/strict";
import { test } from "node:test";
import { ROOT, skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./plain.ts";

test("a line is a finding, with a column or without, and a rule where one stands in brackets", async () => {
  const text = ["src/a b.ts:3: left open", `${ROOT}/b.ts:4:2: error: 1:2 is bad [no-x/y]`, "c.ts:5:message", "  ", "d.ts:6:0: m"].join("\r\n");
  const found = (await suggestionsOf(source, text)).flatMap(({ advice }) => advice.map(({ finding: { at, rule, message } }) => [at?.file, at?.line, at?.column, rule, message]));
  assert.deepEqual(found, [["src/a b.ts", 3, 1, "unnamed", "left open"], ["b.ts", 4, 2, "no-x/y", "error: 1:2 is bad"], ["c.ts", 5, 1, "unnamed", "message"], ["d.ts", 6, 1, "unnamed", "m"]]);
});

test("other lines are named by their number", async () => {
  const text = ["Checking…", "a.ts:0: m", "a.ts:1:", "../a.ts:1: m", "C:\\x\\a.ts:1: m", "a.ts:12345678: m"].join("\n");
  const expected = ["line-shape", "line-shape", "line-shape", "path-outside", "path-outside", "line-shape"].map((code, index) => [index + 1, code, true]);
  assert.deepEqual(await skippedOf(source, text), expected);
});

test("it is the last guess, and none where no line fits", () => {
  const score = source.recognise("a.ts:1: m\n", "x");
  assert.ok(score > 0 && score < 0.5);
  for (const head of ["", "hello", "{}"]) assert.equal(source.recognise(head, "x"), 0);
});

test("a long line takes no longer than it is", () => {
  assert.equal(source.recognise(`${"a:1".repeat(20_000)}\n`, "x"), 0);
});
