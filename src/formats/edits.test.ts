import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../domain/edit.ts";
import type { Change, ColumnUnit, Position, Span } from "../domain/suggestion.ts";
import { placeChanges } from "./edits.ts";
import { Lines } from "./places.ts";

const FILE = "a.ts";

/** The text with the change made, or the reason's code. */
function made(text: string, ...changes: readonly [Span, string][]): string {
  const wanted = changes.map(([span, after]): Change => ({ file: FILE, span, after }));
  const placed = placeChanges(wanted, new Map([[FILE, new Lines(text)]]));
  if (!placed.ok) return `! ${placed.reason.code}`;
  const applied = applyEdits(text, placed.edits);
  assert.ok(applied.ok);
  return applied.text ?? "";
}

/** Lines of characters of one to four bytes, with tabs; one kind of line ending; a byte order mark or none; a last line that ends or not. */
const character = fc.constantFrom("a", "b", "\t", " ", "é", "→", "😀", "𐐀", "\u2028");
const texts = fc
  .record({ lines: fc.array(fc.string({ unit: character, maxLength: 6 }), { minLength: 1, maxLength: 6 }), ending: fc.constantFrom("\n", "\r\n"), bom: fc.boolean(), ends: fc.boolean() })
  .map(({ lines, ending, bom, ends }) => `${bom ? "\uFEFF" : ""}${lines.join(ending)}${ends ? ending : ""}`);

/** A text, and two places in it that are not inside of a character, the byte order mark or a line ending. */
const cases = texts.chain((text) => {
  const places = [...Array(text.length + 1).keys()].filter((at) => !(at === 0 && text.startsWith("\uFEFF")) && !isInside(text, at));
  return fc.tuple(fc.constant(text), fc.constantFrom(...places), fc.constantFrom(...places)).map(([one, left, right]) => [one, Math.min(left, right), Math.max(left, right)] as const);
});

function isInside(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  return (before === "\r" && text[at] === "\n") || /[\ud800-\udbff]/.test(before);
}

function count(text: string, unit: ColumnUnit): number {
  return unit === "utf-16" ? text.length : unit === "utf-8" ? Buffer.byteLength(text) : [...text].length;
}

/** Counted in a way of its own: from the line's beginning as a split text has it. */
function position(text: string, at: number, unit: ColumnUnit): Required<Position> {
  const before = text.slice(0, at).replace("\uFEFF", "").split("\n");
  return { line: before.length, column: count(before.at(-1) ?? "", unit) + 1 };
}

const units = fc.constantFrom<ColumnUnit>("utf-16", "code-points", "utf-8");
const inserted = fc.string({ unit: fc.constantFrom("x", "$&", "😀", "é"), minLength: 1, maxLength: 4 });

test("a span comes back to the place that it was counted from, in lines and columns, characters and bytes", () => {
  fc.assert(fc.property(cases, units, inserted, ([text, start, end], unit, after) => {
    const expected = text.slice(0, start) + after + text.slice(end);
    fc.pre(expected !== text);
    const [from, to] = [position(text, start, unit), position(text, end, unit)];
    assert.equal(made(text, [{ kind: "columns", from, to, unit }, after]), expected);
    const body = text.replace("\uFEFF", "");
    const bom = text.length - body.length;
    const characters = { offset: count(body.slice(0, start - bom), unit), length: count(text.slice(start, end), unit) };
    assert.equal(made(text, [{ kind: "characters", ...characters, unit }, after]), expected);
    const bytes = { offset: Buffer.byteLength(text.slice(0, start)), length: Buffer.byteLength(text.slice(start, end)) };
    assert.equal(made(text, [{ kind: "bytes", ...bytes }, after]), expected);
  }), { numRuns: 300 });
});

test("an offset's line and column lead back to it", () => {
  fc.assert(fc.property(cases, ([text, start]) => {
    const lines = new Lines(text);
    assert.deepEqual(lines.at(start), position(text, start, "utf-16"));
    assert.equal(lines.offset(lines.at(start), "utf-16", "start"), start);
  }));
});

test("a place that is not there is none: not clamped, not rounded", () => {
  const text = "a😀\r\nb\n";
  const at = (line: number, column: number, unit: ColumnUnit): string => made(text, [{ kind: "columns", from: { line, column }, to: { line, column }, unit }, "x"]);
  for (const [line, column, unit] of [[1, 3, "utf-16"], [1, 5, "utf-16"], [1, 4, "code-points"], [1, 3, "utf-8"], [1, 7, "utf-8"], [5, 1, "utf-16"], [0, 1, "utf-16"], [1, 0, "utf-16"]] as const) {
    assert.equal(at(line, column, unit), "! change-outside", `${line}:${column} ${unit}`);
  }
  assert.deepEqual([at(1, 4, "utf-16"), at(1, 3, "code-points"), at(1, 6, "utf-8")], Array(3).fill("a😀x\r\nb\n"));
  assert.equal(made(text, [{ kind: "columns", from: { line: 2, column: 2 }, to: { line: 1, column: 1 }, unit: "utf-16" }, "x"]), "! change-outside");
  for (const offset of [2, 8, -1, 0.5, Infinity]) assert.equal(made(text, [{ kind: "characters", offset, length: 0, unit: "utf-16" }, "x"]), "! change-outside", String(offset));
  assert.equal(made(text, [{ kind: "bytes", offset: 0, length: 99 }, ""]), "! change-outside");
});

test("a line without columns is its text; the beginning of the next takes its ending with it", () => {
  const line = (from: Position, to: Position, text = "a\r\nb\r\nc"): string => made(text, [{ kind: "columns", from, to, unit: "utf-16" }, "x"]);
  assert.equal(line({ line: 2 }, { line: 2 }), "a\r\nx\r\nc");
  assert.equal(line({ line: 2 }, { line: 3, column: 1 }), "a\r\nxc");
  assert.equal(line({ line: 3 }, { line: 4, column: 1 }), "a\r\nb\r\nx", "behind a last line that does not end, there is no more");
});

test("a quote must stand exactly once, and lands literally", () => {
  const quote = (text: string, old: string, after: string): string => made(text, [{ kind: "quote", text: old }, after]);
  assert.equal(quote("a b c", "b", "$&$1"), "a $&$1 c");
  assert.equal(quote("aaa", "aa", "x"), "! quote-several");
  assert.equal(quote("a b", "B", "x"), "! quote-nowhere");
  assert.equal(quote("a b", "", "x"), "! quote-empty");
  assert.equal(quote("a\r\nb\r\n", "a\nb", "c\nd"), "c\r\nd\r\n", "line endings are the file's");
  assert.equal(quote("a\nb\r\n", "b", "c\nd"), "a\nc\nd\r\n", "a mixed file says nothing of them");
  assert.equal(quote("a", "a", "a"), "! changes-nothing");
});

test("whole lines keep the file's endings, and its last line as it is; an empty text deletes them", () => {
  const lines = (text: string, first: number, last: number, after: string, expected?: string): string =>
    made(text, [{ kind: "lines", first, last, ...(expected !== undefined && { expected }) }, after]);
  assert.equal(lines("a\r\nb\r\nc\r\n", 2, 2, "x\ny\n"), "a\r\nx\r\ny\r\nc\r\n");
  assert.equal(lines("a\nb", 2, 2, "x\n"), "a\nx");
  assert.equal(lines("a\nb\nc\n", 1, 2, ""), "c\n");
  assert.equal(lines("a\nb\n", 2, 2, ""), "a\n");
  assert.equal(lines("a\r\nb", 2, 2, ""), "a");
  assert.equal(lines("a", 1, 1, ""), "");
  assert.equal(lines("a\nb\n", 1, 1, "\n"), "\nb\n", "one empty line is a line");
  assert.equal(lines("\uFEFFa\nb\n", 1, 1, "x\n"), "\uFEFFx\nb\n");
  assert.equal(lines("a\r\nb\r\n", 1, 2, "x\n", "a\nb"), "x\r\n");
  assert.equal(lines("a\nb\n", 1, 2, "x\n", "a\nc"), "! change-moved");
  assert.equal(lines("a\n", 3, 4, "x\n"), "! change-outside");
});

test("all changes of an offer, or none", () => {
  const one: [Span, string] = [{ kind: "quote", text: "a" }, "x"];
  const other: [Span, string] = [{ kind: "quote", text: "b" }, "y"];
  assert.equal(made("a b", one, other), "x y");
  assert.equal(made("a b", one, [{ kind: "quote", text: "a b" }, "z"]), "! overlap");
  assert.equal(made("a b", one, [{ kind: "quote", text: "c" }, "z"]), "! quote-nowhere");
  const elsewhere = placeChanges([{ file: "b.ts", span: { kind: "quote", text: "a" }, after: "" }], new Map([[FILE, new Lines("a")]]));
  assert.partialDeepStrictEqual(elsewhere, { ok: false, reason: { code: "absent", args: { file: "b.ts" } } });
});
