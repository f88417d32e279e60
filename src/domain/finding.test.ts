import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { counts, finding, type Finding } from "./finding.ts";

function at(line: number, message = "Cannot find name 'x'.", parts: Partial<Finding> = {}): Finding {
  return finding({
    by: "tsc", rule: "TS2304", category: "undefined_name", message, at: { file: "a.ts", line, column: 1 }, ...parts,
  });
}

const lines = fc.integer({ min: 1, max: 99_999 });

test("a defect keeps its key on whatever line it stands, also where the message names it", () => {
  fc.assert(fc.property(lines, lines, fc.string(), (here, there, message) => {
    assert.equal(at(here, message).key, at(there, message).key);
    for (const place of [(n: number) => `a.ts(${n},5)`, (n: number) => `a.ts:${n}:5`, (n: number) => `on line ${n}.`]) {
      assert.equal(at(here, `m ${place(here)}`).key, at(there, `m ${place(there)}`).key);
    }
  }));
});

test("white space in a message says nothing", () => {
  assert.equal(at(1, "a  b\n c ").key, at(1, "a b c").key);
});

test("another message, rule, file or check is another defect", () => {
  const others = [
    at(1, "Cannot find name 'y'."),
    at(1, undefined, { rule: "TS2305" }),
    at(1, undefined, { at: { file: "b.ts", line: 1, column: 1 } }),
    at(1, undefined, { by: "eslint" }),
  ];
  assert.equal(new Set([at(1), ...others].map(({ key }) => key)).size, 5);
  assert.notEqual(at(1, "Expected 2 arguments").key, at(1, "Expected 3 arguments").key);
});

test("confidence, category and fixes are no part of what a defect is", () => {
  assert.equal(at(1, undefined, { confidence: 5, category: "other", fixes: [] }).key, at(1).key);
});

test("equal defects are told apart by count", () => {
  const [one, other] = [at(1), at(1, "other")];
  assert.deepEqual(counts([one, at(9), other]), new Map([[one.key, 2], [other.key, 1]]));
});
