/** Outside of the block every byte stays, and writing it again changes nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeBlock } from "./marked-block.ts";

const MARKS = { begin: "<!-- begin -->", end: "<!-- end -->" };
const text = fc.string({ unit: fc.constantFrom("a", "# b", "\n", "\r\n", "ü", " ", "<!--") });
const block = fc.string({ unit: fc.constantFrom("x", "y", "\n") });

test("what a person wrote stays, before and behind, and the block is renewed in its place", () => {
  fc.assert(
    fc.property(text, text, block, block, (before, after, first, second) => {
      const placed = placeBlock(before, first, MARKS);
      assert.ok(placed.ok && placed.text.startsWith(before));
      assert.deepEqual(placeBlock(placed.text, first, MARKS), placed);
      const renewed = placeBlock(placed.text + after, second, MARKS);
      assert.ok(renewed.ok && renewed.text.startsWith(before) && renewed.text.endsWith(after));
      assert.equal(renewed.text.split(MARKS.begin).length, 2);
    }),
  );
});

test("line endings are the file's own, and marks that do not pair are left to a person", () => {
  assert.deepEqual(placeBlock("# A\r\n", "one\ntwo", MARKS), { ok: true, text: "# A\r\n\r\n<!-- begin -->\r\none\r\ntwo\r\n<!-- end -->\r\n" });
  assert.deepEqual(placeBlock("<!-- begin -->\n", "x", MARKS), { ok: false, why: "unpaired" });
  assert.deepEqual(placeBlock("<!-- end -->\n<!-- begin -->\n", "x", MARKS), { ok: false, why: "unpaired" });
  assert.deepEqual(placeBlock("<!-- begin -->\n<!-- end -->\n<!-- begin -->\n<!-- end -->\n", "x", MARKS), { ok: false, why: "several" });
  assert.deepEqual(placeBlock("see `<!-- begin -->` there", "x", MARKS), { ok: true, text: "see `<!-- begin -->` there\n\n<!-- begin -->\nx\n<!-- end -->\n" });
});
