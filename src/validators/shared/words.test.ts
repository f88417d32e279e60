import assert from "node:assert/strict";
import { test } from "node:test";
import { plainCommands } from "./words.ts";

test("splits words as a shell does", () => {
  const cases: [string, string[][]][] = [
    ["vitest run", [["vitest", "run"]]],
    ["  a   b\t", [["a", "b"]]],
    [`a 'b c' "d e"f g\\ h`, [["a", "b c", "d ef", "g h"]]],
    ["a ''", [["a", ""]]],
    ["A=1 a&&b --x='y z'", [["A=1", "a"], ["b", "--x=y z"]]],
    ["node --test src/**/*.test.js", [["node", "--test", "src/**/*.test.js"]]],
  ];
  for (const [script, expected] of cases) assert.deepEqual(plainCommands(script), expected, script);
});

test("leaves to a shell what only a shell can do", () => {
  for (const script of [
    ...["", "a | b", "a; b", "a & b", "a || b", "a > f", "a < f", "a $B", 'a "$B"', "a `b`", "a $(b)", "(a)"],
    ...["a 'b", 'a "b', "a &&", "&& a", "a && && b", "a # b", 'a "\\n"', "a\\\nb", "a ".repeat(5_000)],
  ]) {
    assert.equal(plainCommands(script), undefined, script.slice(0, 20));
  }
});
