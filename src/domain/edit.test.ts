import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, conflict } from "./edit.ts";
import type { Edit } from "./proposal.ts";

function edit(start: number, before: string | null, after: string | null, file = "a"): Edit {
  return { file, start, before, after };
}

const texts = fc.string({ unit: "binary", maxLength: 40 });
const replacement = fc.oneof(texts, fc.constantFrom("$&", "$1", "$$", "$`", "$<a>", "\\0"));

/** A text in pieces, every second one replaced: `kept, [before, after], kept, …` */
const cases = fc
  .array(fc.record({ kept: fc.string({ unit: "binary", minLength: 1, maxLength: 8 }), before: texts, after: replacement }), {
    maxLength: 6,
  })
  .map((parts) => {
    let text = "";
    let expected = "";
    const edits: Edit[] = [];
    for (const { kept, before, after } of parts) {
      edits.push(edit(text.length + kept.length, before, after));
      text += kept + before;
      expected += kept + after;
    }
    return { text: `${text}end`, expected: `${expected}end`, edits };
  });

/** Edits of one file, good ones and bad ones. */
const anyEdit = fc
  .tuple(fc.integer({ min: -2, max: 12 }), fc.option(fc.string({ maxLength: 4 })), fc.option(fc.string({ maxLength: 4 })))
  .map(([start, before, after]) => edit(start, before, after));

test("what stands outside of the spans is kept, and what is put in lands literally", () => {
  fc.assert(fc.property(cases, ({ text, expected, edits }) => {
    assert.deepEqual(applyEdits(text, edits), { ok: true, text: expected });
  }));
});

test("the order in which edits are listed does not matter", () => {
  fc.assert(fc.property(cases, fc.nat(), ({ text, expected, edits }, turn) => {
    const at = edits.length === 0 ? 0 : turn % edits.length;
    const turned = [...edits.slice(at), ...edits.slice(0, at)].reverse();
    assert.deepEqual(applyEdits(text, turned), { ok: true, text: expected });
  }));
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.array(anyEdit, { maxLength: 4 }), (text, edits) => {
    const [one, other] = [applyEdits(text, edits), applyEdits(text, edits.toReversed())];
    assert.equal(one.ok, other.ok);
    if (one.ok) assert.deepEqual(one, other);
  }));
});

test("all edits are made, or none", () => {
  fc.assert(fc.property(cases, ({ text, edits }) => {
    const bad = edit(text.length, "more than there is", "x");
    assert.equal(applyEdits(text, [...edits, bad]).ok, false);
  }));
});

test("replacement patterns are bytes like any other", () => {
  for (const after of ["$&", "$1", "$$", "$`", "$'", "$<name>"]) {
    assert.deepEqual(applyEdits("a b c", [edit(2, "b", after)]), { ok: true, text: `a ${after} c` });
  }
});

test("a start that is no place in the text is a mismatch, even for an insertion", () => {
  for (const start of [-1, 4, 0.5, NaN, Infinity]) {
    assert.equal(applyEdits("abc", [edit(start, "", "x")]).ok, false, String(start));
  }
  assert.deepEqual(applyEdits("abc", [edit(3, "", "x")]), { ok: true, text: "abcx" });
  assert.equal(applyEdits("abc", [edit(-3, "abc", "x")]).ok, false);
});

test("a file is created only where none is, and deleted only as it stands", () => {
  assert.deepEqual(applyEdits(null, [edit(0, null, "new")]), { ok: true, text: "new" });
  assert.deepEqual(applyEdits("abc", [edit(0, "abc", null)]), { ok: true, text: null });
  assert.equal(applyEdits("abc", [edit(0, null, "new")]).ok, false);
  assert.equal(applyEdits("abc", [edit(0, "ab", null)]).ok, false);
  assert.equal(applyEdits(null, [edit(0, "abc", null)]).ok, false);
  assert.equal(applyEdits(null, [edit(0, "", "x")]).ok, false);
  assert.equal(applyEdits("abc", [edit(1, "abc", null)]).ok, false);
});

test("spans may touch, but not overlap, nor begin at one place", () => {
  const clash = (one: Edit, other: Edit): boolean => !applyEdits("abcdef", [one, other]).ok;
  assert.ok(!clash(edit(0, "ab", "x"), edit(2, "cd", "y")));
  assert.ok(!clash(edit(0, "ab", "x"), edit(2, "", "y")));
  assert.ok(clash(edit(0, "abc", "x"), edit(2, "cd", "y")));
  assert.ok(clash(edit(2, "", "x"), edit(2, "", "y")));
  assert.ok(clash(edit(2, "", "x"), edit(2, "cd", "y")));
  assert.ok(clash(edit(0, "abcdef", null), edit(2, "c", "y")));
});

test("conflict is symmetric, and agrees with what can be applied", () => {
  fc.assert(fc.property(anyEdit, anyEdit, (one, other) => {
    assert.equal(conflict([one], [other]), conflict([other], [one]));
    if (conflict([one], [other])) assert.equal(applyEdits("abcdefghijkl", [one, other]).ok, false);
  }));
  fc.assert(fc.property(cases, ({ edits }) => {
    const [left, right] = [edits.filter((_, index) => index % 2 === 0), edits.filter((_, index) => index % 2 === 1)];
    assert.equal(conflict(left, right), false);
  }));
});

test("edits of different files never conflict, different modes for one file do", () => {
  assert.equal(conflict([edit(0, "a", "b")], [edit(0, "a", "b", "other")]), false);
  const [one, other]: [Edit, Edit] = [
    { ...edit(0, "a", "b"), mode: "100644" },
    { ...edit(5, "a", "b"), mode: "100755" },
  ];
  assert.ok(conflict([one], [other]));
  assert.ok(!conflict([one], [{ ...other, mode: "100644" }]));
});
