import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { columnAt, fromBytes } from "./utf8-places.ts";

test("every place between two characters, and no other, is found by its bytes", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const place = fromBytes(text);
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at++) {
      const head = bytes.subarray(0, at).toString();
      const isBetween = Buffer.byteLength(head) === at && text.startsWith(head);
      assert.equal(place(at), isBetween ? head.length : undefined);
    }
    assert.deepEqual([place(-1), place(bytes.length + 1), place(0.5)], [undefined, undefined, undefined]);
  }));
});

test("a column in bytes is one in code units", () => {
  assert.deepEqual([columnAt("é😀x", 7), columnAt("abc", 2), columnAt(undefined, 5), columnAt("a", 9)], [4, 2, 5, 9]);
});
