import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceOf, skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./gitlab-review.ts";

/** A note with the fields that the REST API gives (written by hand after its description). */
const NOTE = {
  id: 302, type: "DiffNote", body: "Close it.\n```suggestion:-1+2\nclose();\n```", author: { id: 1, username: "ada" }, system: false, noteable_type: "MergeRequest", noteable_iid: 1,
  resolvable: true, resolved: false,
  position: { base_sha: "ba5e", start_sha: "ba5e", head_sha: "c0ffee", old_path: "src/a.ts", new_path: "src/a.ts", position_type: "text", old_line: null, new_line: 3 },
};
const noteOf = (parts: Readonly<Record<string, unknown>> = {}, at: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({ ...NOTE, ...parts, position: { ...NOTE.position, ...at } });

test("a block stands in place of its line and of those so far above and below, as it was at the note's commit", async () => {
  const [one] = await suggestionsOf(source, JSON.stringify([{ id: "d", individual_note: false, notes: [NOTE] }]));
  assert.partialDeepStrictEqual(one, { file: "src/a.ts", reviewed: { commit: "c0ffee" }, advice: [{ finding: { by: "ada", rule: "review-comment", message: "Close it.", at: { line: 3 } } }] });
  assert.deepEqual(one?.advice[0]?.offers[0]?.changes, [{ file: "src/a.ts", span: { kind: "lines", first: 2, last: 5 }, after: "close();\n" }]);
  const [bare] = await adviceOf(source, JSON.stringify([noteOf({ body: "```suggestion\n```" })]));
  assert.deepEqual([bare?.finding.message, bare?.offers[0]?.changes[0]], ["Suggested change", { file: "src/a.ts", span: { kind: "lines", first: 3, last: 3 }, after: "" }]);
  const [high] = await adviceOf(source, JSON.stringify([noteOf({ body: "```suggestion:-9+0\nx\n```" })]));
  assert.partialDeepStrictEqual(high?.offers[0]?.changes[0]?.span, { first: 1, last: 3 });
});

test("discussions and notes, in pages one behind the other or in lists; without a block they are words", async () => {
  const [one, other] = [JSON.stringify(NOTE), JSON.stringify(noteOf({ body: "Why?" }, { new_path: "b.ts" }))];
  for (const text of [`[${one},${other}]`, `[${one}][${other}]`, `[[${one}],[${other}]]`, `[{"notes":[${one},${other}]}]`, `[{"notes":[${one}]}][{"notes":[${other}]}]`]) {
    assert.deepEqual((await suggestionsOf(source, text)).map(({ file, origin, advice }) => [file, origin.number, advice[0]?.offers.length]), [["src/a.ts", 1, 1], ["b.ts", 2, 0]], text);
  }
  const [whole] = await adviceOf(source, JSON.stringify([noteOf({}, { new_line: null, position_type: "file" })]));
  assert.deepEqual([whole?.finding.at?.line, whole?.offers.length], [1, 0]);
});

test("what is settled, or about nothing that stands there, is left as that; broken ones are named", async () => {
  const text = JSON.stringify([noteOf({ resolved: true }), noteOf({}, { new_line: null }), { ...NOTE, position: null }, noteOf({ system: true }), noteOf({ body: " " }), noteOf({}, { position_type: "image" }), 7, noteOf({}, { new_path: "../a" }), noteOf({}, { new_line: "3" })]);
  const idle = ["comment-resolved", "comment-on-old-side", "comment-on-whole", "comment-on-whole", "comment-empty", "comment-on-whole"].map((code, index) => [index + 1, code, false]);
  assert.deepEqual(await skippedOf(source, text), [...idle, [7, "result-shape", true], [8, "path-outside", true], [9, "result-shape", true]]);
  assert.deepEqual(await skippedOf(source, `${JSON.stringify([NOTE])}[{"body":`), [[2, "not-json", true]]);
});

test("an answer is recognised by what only such notes have", () => {
  assert.ok(source.recognise(JSON.stringify([NOTE]), "x") > 0);
  for (const head of ["[]", "{}", '[{"path":"a","body":"b"}]', 'a.ts:1: "noteable_type": "body":']) assert.equal(source.recognise(head, "x"), 0, head);
});
