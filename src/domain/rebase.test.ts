/** Edits that were moved behind others come to the same text as all of them made at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, conflict, type Edit } from "./edit.ts";
import { rebaseEdits, rebaseLine } from "./rebase.ts";

const TEXT = "one\ntwo\nthree\nfour\nfive\n";

const someEdits = fc.array(
  fc.tuple(fc.nat(TEXT.length), fc.nat(6), fc.constantFrom("", "x", "lines\nof\n", "longer than before")).map(([start, length, after]): Edit => {
    return { file: "a", start, before: TEXT.slice(start, start + length), after };
  }),
  { maxLength: 4 },
);

test("first these and then the moved ones is all of them at once", () => {
  fc.assert(
    fc.property(someEdits, someEdits, (made, edits) => {
      const [first, all] = [applyEdits(TEXT, made), applyEdits(TEXT, [...made, ...edits])];
      fc.pre(first.ok && applyEdits(TEXT, edits).ok);
      const moved = rebaseEdits(edits, made);
      assert.equal(moved === undefined, conflict(edits, made));
      if (!moved) return;
      const second = applyEdits(first.text, moved);
      assert.ok(second.ok && all.ok);
      assert.equal(second.text, all.text);
    }),
  );
});

test("edits of other files are nothing to them, and a file that is gone has no place for any", () => {
  const edit: Edit = { file: "a", start: 4, before: "two", after: "2" };
  assert.deepEqual(rebaseEdits([edit], [{ file: "b", start: 0, before: "", after: "x" }]), [edit]);
  assert.equal(rebaseEdits([edit], [{ file: "a", start: 0, before: TEXT, after: null }]), undefined);
});

test("a line moves with what comes and goes above it", () => {
  const edit = (start: number, before: string, after: string): Edit => ({ file: "a", start, before, after });
  assert.equal(rebaseLine(3, TEXT, [edit(0, "one\n", "")]), 2);
  assert.equal(rebaseLine(3, TEXT, [edit(0, "", "a\nb\n"), edit(4, "two", "2")]), 5);
  assert.equal(rebaseLine(3, TEXT, [edit(14, "four\n", "")]), 3);
});
