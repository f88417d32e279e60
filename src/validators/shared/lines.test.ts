import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Lines } from "./lines.ts";

test("counts code points and bytes, without a BOM, across all line ends of Python", () => {
  const text = "\uFEFFa😀é\r\nx\ry\n";
  const lines = new Lines(text);
  assert.equal(lines.offset(1, 0, "code-point"), 1);
  assert.equal(lines.offset(1, 2, "code-point"), 4);
  assert.equal(lines.column(1, 2, "code-point"), 4);
  assert.equal(lines.column(1, 5, "byte"), 4);
  assert.equal(lines.offset(3, 1, "code-point"), 10);
  assert.equal(lines.offset(4, 0, "code-point"), text.length);
  assert.equal(lines.offset(5, 0, "code-point"), text.length);
  assert.equal(lines.offset(6, 0, "code-point"), undefined);
  assert.equal(lines.offset(0, 0, "code-point"), undefined);
  assert.equal(lines.offset(3, 9, "code-point"), undefined);
  assert.equal(lines.column(9, 4, "byte"), 5);
});

test("every place of a text is found again from its line and column", () => {
  const texts = fc.array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", "\r", " "), { maxLength: 30 });
  fc.assert(
    fc.property(texts, fc.nat(), (parts, pick) => {
      const text = parts.join("");
      const starts = [0, ...[...text.matchAll(/\r\n|[\r\n]/g)].map(({ 0: end, index }) => index + end.length)];
      const points = Array.from(text);
      const chosen = points.slice(0, pick % (points.length + 1)).join("");
      // Between the two halves of `\r\n` nothing can stand.
      fc.pre(!(chosen.endsWith("\r") && text.startsWith("\n", chosen.length)));
      const row = starts.findLastIndex((start) => start <= chosen.length);
      const head = text.slice(starts[row], chosen.length);
      const lines = new Lines(text);
      assert.equal(lines.offset(row + 1, Array.from(head).length, "code-point"), chosen.length);
      assert.equal(lines.offset(row + 1, Buffer.byteLength(head), "byte"), chosen.length);
      assert.equal(lines.column(row + 1, Array.from(head).length, "code-point"), head.length + 1);
    }),
  );
});
