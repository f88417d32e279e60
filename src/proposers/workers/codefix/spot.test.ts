import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { spotOf } from "./spot.ts";

const file = ts.createSourceFile("a.ts", "one(two);\nthree(four, four);\n", ts.ScriptTarget.ESNext);
const diagnostic = (code: number, start: number, length: number): ts.Diagnostic => {
  return { code, start, length, file, category: ts.DiagnosticCategory.Error, messageText: "" };
};
const target = (line: number, column: number, code = 1) => ({ index: 0, line, column, code });

test("the nearest diagnostic of the code on the line", () => {
  const diagnostics = [diagnostic(1, 4, 3), diagnostic(1, 16, 4), diagnostic(1, 22, 4), diagnostic(2, 10, 5)];
  assert.deepEqual(spotOf(file, diagnostics, target(2, 13)), { start: 22, end: 26 });
  assert.deepEqual(spotOf(file, diagnostics, target(2, 1)), { start: 16, end: 20 });
  assert.deepEqual(spotOf(file, diagnostics, target(1, 99)), { start: 4, end: 7 });
});

test("without one, the word at the place; nothing where there is no such line", () => {
  assert.deepEqual(spotOf(file, [diagnostic(1, 4, 3)], target(2, 7)), { start: 16, end: 20 });
  assert.deepEqual(spotOf(file, [], target(3, 5)), { start: 29, end: 29 });
  assert.equal(spotOf(file, [], target(4, 1)), undefined);
  assert.equal(spotOf(file, [], target(0, 1)), undefined);
});
