import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineAt } from "./syntax.ts";

test("a place is on the line whose beginning is the last one before it", () => {
  const text = "a\nbc\n\nd";
  assert.deepEqual([0, 1, 2, 4, 5, 6, 7, 99].map((place) => lineAt(text, place)), [1, 1, 2, 2, 3, 4, 4, 4]);
  assert.equal(lineAt("", 0), 1);
});

test("it counts the line feeds before the place, and nothing else", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\u2028", "😀") }), fc.nat(60), (text, place) => {
      assert.equal(lineAt(text, place), text.slice(0, place).split("\n").length);
    }),
  );
});
