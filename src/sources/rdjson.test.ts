import assert from "node:assert/strict";
import { test } from "node:test";
import { skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./rdjson.ts";

const PLAIN = { message: "m", location: { path: "a.ts", range: { start: { line: 2 } } } };
const document = (...diagnostics: readonly unknown[]): string => JSON.stringify({ source: { name: "Lint" }, diagnostics });

test("a diagnostic is a suggestion", async () => {
  const suggestions = [{ range: { start: { line: 2 } }, text: "x" }];
  const [one] = await suggestionsOf(source, document({ ...PLAIN, suggestions, code: { value: "C" } }));
  assert.partialDeepStrictEqual(one, { file: "a.ts", origin: { source: "rdjson", number: 1 }, advice: [{ finding: { by: "lint", rule: "C", at: { line: 2 } }, unit: "utf-8" }] });
  assert.deepEqual(one?.advice[0]?.offers[0]?.changes, [{ file: "a.ts", span: { kind: "lines", first: 2, last: 2 }, after: "x" }]);
});

test("what cannot be read is named by its number", async () => {
  const text = document(null, { ...PLAIN, location: { path: "/x" } }, { ...PLAIN, suggestions: [7] });
  assert.deepEqual(await skippedOf(source, text), [[1, "result-shape", true], [2, "path-outside", true], [3, "fixes-broken", true]]);
  assert.deepEqual(await skippedOf(source, text.slice(0, 40)), [[0, "document-not-json", true]]);
  assert.deepEqual(await skippedOf(source, "{}"), [[0, "document-shape", true]]);
});

test("a document is recognised by its list of diagnostics", () => {
  assert.ok(source.recognise(document(), "x.json") > 0);
  for (const head of ["[]", "{}", JSON.stringify(PLAIN), "diagnostics"]) assert.equal(source.recognise(head, "x.rdjson"), 0, head);
});
