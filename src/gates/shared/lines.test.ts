import assert from "node:assert/strict";
import { test } from "node:test";
import { changedLines, linesOf } from "./lines.ts";

test("every ending ends a line, and a missing last one loses none", () => {
  assert.equal(linesOf("").length, 0);
  assert.equal(linesOf("a\nb").length, 2);
  assert.equal(linesOf("a\r\nb\n").length, 2);
  assert.equal(linesOf("a\rb").length, 2);
});

test("a replaced line counts once, equal lines around it do not", () => {
  assert.equal(changedLines("a\nb\nc\n", "a\nB\nc\n"), 1);
  assert.equal(changedLines("a\nb\nc\n", "a\nc\n"), 1);
  assert.equal(changedLines("a\nc\n", "a\nb\nc\n"), 1);
  assert.equal(changedLines("foo", "bar"), 1);
  assert.equal(changedLines("", "a\nb\n"), 2);
  assert.equal(changedLines("a\na\n", "a\na\na\n"), 1);
});

test("a change of nothing but the endings is a change", () => {
  assert.equal(changedLines("a\n", "a"), 1);
  assert.equal(changedLines("a", "a"), 0);
});
