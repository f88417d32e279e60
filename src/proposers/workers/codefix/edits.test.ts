import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import ts from "typescript";
import { applyEdits } from "../../../domain/edit.ts";
import { toEdits } from "./edits.ts";
import type { RawEdit } from "./protocol.ts";

const ROOT = "/root";

function editsFor(text: string, textChanges: ts.TextChange[], fileName = `${ROOT}/a.ts`): RawEdit[] | undefined {
  const host = ts.createCompilerHost({});
  host.getSourceFile = (name, version) => (name === fileName ? ts.createSourceFile(name, text, version) : undefined);
  const program = ts.createProgram([fileName], { noLib: true, types: [] }, host);
  return toEdits(ROOT, program, [{ fileName, textChanges }]);
}

const change = (start: number, length: number, newText: string): ts.TextChange => ({ span: { start, length }, newText });

test("edits are as small as they can be, and do what the changes do", () => {
  const piece = fc.constantFrom("a", "b", "😀", "😁", "\n", "const x = 1;");
  const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.array(piece, { maxLength: 3 })), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), cuts, (pieces, wanted) => {
      const text = pieces.join("");
      const changes: ts.TextChange[] = [];
      let at = 0;
      let expected = "";
      for (const [skip, length, inserted] of wanted) {
        const start = Math.min(at + (skip % 4), text.length);
        const end = Math.min(start + length, text.length);
        changes.push(change(start, end - start, inserted.join("")));
        expected += text.slice(at, start) + inserted.join("");
        at = end;
      }
      expected += text.slice(at);
      const edits = editsFor(text, changes);
      assert.ok(edits);
      const result = applyEdits(text, edits);
      assert.deepEqual(result, { ok: true, text: expected });
      for (const { before, after } of edits) assert.ok(before !== after);
    }),
    { numRuns: 150 },
  );
});

test("neither a surrogate pair nor a CRLF is parted", () => {
  assert.deepEqual(editsFor("'😀'", [change(0, 4, "'😁'")]), [{ file: "a.ts", start: 1, before: "😀", after: "😁" }]);
  assert.deepEqual(editsFor("a\r\nb\r\n", [change(0, 6, "a\n\nb\n")]), [{ file: "a.ts", start: 3, before: "", after: "\r\n" }]);
});

test("several changes at one place become one edit, in their order", () => {
  const edits = editsFor("let a;", [change(0, 0, "one "), change(0, 3, "two"), change(3, 0, " three")]);
  assert.deepEqual(edits, [{ file: "a.ts", start: 0, before: "let", after: "one two three" }]);
});

test("changes that overlap, leave the root, or go into dependencies are refused whole; no change is no edit", () => {
  assert.equal(editsFor("abcd", [change(0, 3, ""), change(1, 2, "")]), undefined);
  assert.equal(editsFor("abcd", [change(0, 1, "x")], "/elsewhere/a.ts"), undefined);
  assert.equal(editsFor("abcd", [change(0, 1, "x")], `${ROOT}/node_modules/p/a.ts`), undefined);
  assert.deepEqual(editsFor("abcd", [change(0, 1, "a")]), []);
});
