import assert from "node:assert/strict";
import { test } from "node:test";
import { span, type Part } from "../../../test/support/rust.ts";
import { applyEdits } from "../../domain/edit.ts";
import type { Fix } from "../../domain/finding.ts";
import type { Diagnostic, Span } from "./cargo-output.ts";
import { fixesOf, type FindFile } from "./rustc-fixes.ts";
import { fromBytes } from "./utf8-places.ts";

const find = (text: string): FindFile => (name) => (name === "src/lib.rs" ? { path: name, text, fromBytes: fromBytes(text) } : undefined);

function fixes(text: string, ...children: readonly (readonly Part[])[]): Fix[] {
  const diagnostic = { message: "m", level: "error", spans: [], children: children.map((parts) => ({ message: "help", spans: parts.map((part) => span(part) as Span) })) };
  return fixesOf(diagnostic satisfies Diagnostic, find(text));
}

const sure = "MachineApplicable";

test("one suggestion of several parts is one fix; one of each child", () => {
  const [whole, single, ...more] = fixes("é(a)", [{ bytes: [2, 3], replacement: "[", grade: sure }, { bytes: [4, 5], replacement: "]", grade: sure }], [
    { bytes: [3, 4], replacement: "b", grade: sure },
  ]);
  assert.deepEqual(applyEdits("é(a)", whole?.edits ?? []), { ok: true, text: "é[a]" });
  assert.deepEqual([whole?.title, single?.edits.length, more.length], ["help", 1, 0]);
});

test("alternatives, which rustc writes one after the other, are fixes of their own", () => {
  const pair = (name: string): Part[] => [{ bytes: [0, 0], replacement: `use ${name};\n`, grade: "MaybeIncorrect" }, { bytes: [2, 3], replacement: name, grade: "MaybeIncorrect" }];
  const found = fixes("a b", [...pair("x"), ...pair("y"), ...pair("z")]);
  assert.deepEqual(found.map(({ title }) => title), ["help: use x; x", "help: use y; y", "help: use z; z"].map((title) => title.replace("; ", ";\n ")));
  assert.deepEqual(fixes("a b", [...pair("x"), ...pair("y").slice(1)]), [], "not to be told apart");
});

test("the least sure part decides", () => {
  const graded = (...grades: readonly (string | undefined)[]) =>
    fixes("abcdef", grades.map((grade, at) => ({ bytes: [at, at + 1], replacement: "X", ...(grade !== undefined && { grade }) })))[0]?.safety;
  assert.deepEqual(
    [graded(sure), graded("MaybeIncorrect"), graded("HasPlaceholders"), graded("Unspecified"), graded(undefined), graded(sure, "MaybeIncorrect"), graded("HasPlaceholders", sure)],
    ["safe", "unsafe", "display", "unsafe", "unsafe", "unsafe", "display"],
  );
});

test("an insertion right before a replacement is one edit with it; new lines end as the file's do", () => {
  const [joined] = fixes("ab", [{ bytes: [1, 1], replacement: "&", grade: sure }, { bytes: [1, 2], replacement: "c", grade: sure }]);
  assert.deepEqual(applyEdits("ab", joined?.edits ?? []), { ok: true, text: "a&c" });
  const [windows] = fixes("a\r\nb", [{ bytes: [0, 0], replacement: "x\ny\r\n", grade: sure }]);
  assert.equal(windows?.edits[0]?.after, "x\r\ny\r\n");
});

test("nothing is made of places that are none, of other files, of macros, and of no change", () => {
  for (const part of [{ bytes: [1, 2] }, { bytes: [0, 99] }, { bytes: [3, 2] }, { bytes: [0, 2], file: "/rustc/x.rs" }, { bytes: [0, 2], expansion: { span: span({ bytes: [0, 1] }) } }] as const) {
    assert.deepEqual(fixes("éa", [{ bytes: [2, 3], replacement: "b", grade: sure }, { ...part, replacement: "x", grade: sure }]), [], JSON.stringify(part));
  }
  assert.deepEqual(fixes("ab", [{ bytes: [0, 1], replacement: "a", grade: sure }], [{ bytes: [0, 1] }]), []);
});
