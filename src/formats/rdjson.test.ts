import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits } from "../domain/edit.ts";
import { packageRoot } from "../../test/support/workspace.ts";
import { placeChanges } from "./edits.ts";
import { Lines } from "./places.ts";
import { readDiagnostic, readRdjson, type Diagnostic } from "./rdjson.ts";

type Json = Readonly<Record<string, unknown>>;
const PLAIN: Json = { message: "m", location: { path: "a.ts" } };

function diagnostic(parts: Json): Diagnostic {
  const item = readDiagnostic({ ...PLAIN, ...parts }, ["/home/ada/repository"]);
  assert.ok(item.kind === "result", JSON.stringify(item));
  return item.result;
}

/** The text after the first suggestion. */
function after(text: string, range: Json, inserted: string): string {
  const [offer] = diagnostic({ suggestions: [{ range, text: inserted }] }).offers;
  const placed = placeChanges(offer?.changes ?? [], new Map([["a.ts", new Lines(text)]]));
  if (!placed.ok) return placed.reason.code;
  const applied = applyEdits(text, placed.edits);
  return (applied.ok ? applied.text : null) ?? "";
}

test("the examples of reviewdog's own description", () => {
  const line = (start: Json, end?: Json): Json => ({ start, ...(end && { end }) });
  assert.equal(after("haya15busa", line({ line: 1, column: 5 }, { line: 1, column: 7 }), "14"), "haya14busa");
  assert.equal(after("hayabusa", line({ line: 1, column: 5 }, { line: 1, column: 5 }), "15"), "haya15busa");
  assert.equal(after("hayabusa", line({ line: 1, column: 5 }), "15"), "haya15busa", "without an end it has no length");
  assert.equal(after("a𐐀b", line({ line: 1, column: 6 }, { line: 1, column: 7 }), "c"), "a𐐀c", "columns are bytes");
  assert.equal(after("abc\r\ndef\r\nghi\r\n", line({ line: 2 }), "x"), "abc\r\nx\r\nghi\r\n");
  assert.equal(after("abc\r\ndef\r\nghi\r\n", line({ line: 2 }, { line: 3 }), "x\ny"), "abc\r\nx\r\ny\r\n");
  assert.equal(after("abc\r\ndef\r\nghi\r\n", line({ line: 2 }, { line: 3, column: 1 }), ""), "abc\r\nghi\r\n");
  assert.equal(after("abc\r\ndef\r\n", line({ line: 1, column: 1 }, { line: 1, column: 4 }), "x"), "x\r\ndef\r\n");
});

/** Written by Biome 2.6 itself about a file whose third line has an emoji. */
test("Biome's own suggestions land where they should, although it does not count bytes", () => {
  const text = 'var a = 1;\nif (a == 2) { debugger; }\nexport const s = "😀"; var b = a == 1;\n';
  const items = [...(readRdjson(JSON.parse(readFileSync(join(packageRoot, "test/recorded/biome.rdjson"), "utf8")), []) ?? [])];
  const offers = items.flatMap((item) => (item.kind === "result" ? item.result.offers : []));
  const made = offers.map(({ changes }) => {
    const placed = placeChanges(changes, new Map([["src/a.js", new Lines(text)]]));
    const applied = applyEdits(text, placed.ok ? placed.edits : []);
    return applied.ok ? applied.text : "";
  });
  const changes = [["var b", "var _b"], ["a == 2", "a === 2"], ["debugger; ", ""], ["a == 1", "a === 1"]] as const;
  assert.deepEqual(made, changes.map(([old, now]) => text.replace(old, now)));
});

test("code, source and place come along; several suggestions are one change, and each of them", () => {
  const range = { start: { line: 2, column: 3 } };
  const one = diagnostic({ code: { value: "C1" }, source: { name: "Lint" }, location: { path: "/home/ada/repository/b.ts", range }, suggestions: [{ range, text: "x" }, { range }] });
  assert.partialDeepStrictEqual(one, { tool: "lint", rule: "C1", at: { file: "b.ts", line: 2, column: 3 }, unit: "utf-8" });
  assert.deepEqual(one.offers.map(({ changes }) => changes.length), [2, 1, 1]);
  assert.partialDeepStrictEqual([...(readRdjson({ source: { name: "All" }, diagnostics: [PLAIN] }, []) ?? [])], [{ result: { tool: "all", rule: "unnamed" } }]);
});

test("a broken diagnostic costs itself only, a broken suggestion less", () => {
  const broken = [null, {}, { message: 7, location: { path: "a" } }, { message: "m", location: {} }, { message: "", location: { path: "a" } }];
  assert.deepEqual([...(readRdjson({ diagnostics: [...broken, PLAIN] }, []) ?? [])].map(({ kind }) => kind), [...broken.map(() => "broken"), "result"]);
  assert.deepEqual(readDiagnostic({ message: "m", location: { path: "../a" } }, []), { kind: "outside", detail: "../a" });
  assert.equal(diagnostic({ suggestions: [{}, { range: { start: { line: 0 } } }, { range: { start: { line: 1 } } }] }).brokenFixes, 2);
  for (const value of [null, [], {}, { diagnostics: {} }]) assert.equal(readRdjson(value, []), undefined);
});
