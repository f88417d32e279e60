import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceOf, skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./github-review.ts";

/** A comment with the fields that the REST API gives (written by hand after its description). */
const COMMENT = {
  id: 1, path: "src/a.ts", body: "Close it.\r\n```suggestion\r\nclose();\r\n```", user: { login: "ada" }, commit_id: "c0ffee", original_commit_id: "c0ffee",
  diff_hunk: "@@ -1,2 +1,3 @@\n open();\n+wait();\n+clos();", side: "RIGHT", line: 3, start_line: null, position: 3, subject_type: "line",
};
const comment = (parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({ ...COMMENT, ...parts });

test("a comment's block stands in place of its lines, if they are still those of the hunk", async () => {
  const [one] = await suggestionsOf(source, JSON.stringify([COMMENT]));
  assert.partialDeepStrictEqual(one, { file: "src/a.ts", reviewed: { commit: "c0ffee" }, advice: [{ finding: { by: "ada", rule: "review-comment", message: "Close it.", at: { line: 3 } } }] });
  assert.deepEqual(one?.advice[0]?.offers[0]?.changes, [{ file: "src/a.ts", span: { kind: "lines", first: 3, last: 3, expected: "clos();" }, after: "close();\n" }]);
  const [several] = await adviceOf(source, JSON.stringify([comment({ start_line: 2 })]));
  assert.deepEqual(several?.offers[0]?.changes[0]?.span, { kind: "lines", first: 2, last: 3, expected: "wait();\nclos();" });
  const [bare] = await adviceOf(source, JSON.stringify([comment({ body: "```suggestion\n```", diff_hunk: null })]));
  assert.deepEqual(bare?.offers[0]?.changes[0], { file: "src/a.ts", span: { kind: "lines", first: 3, last: 3 }, after: "" });
  assert.equal(bare?.finding.message, "Suggested change");
});

test("a comment without a block, or on a whole file, is words", async () => {
  const advice = await adviceOf(source, JSON.stringify([comment({ body: "Why?" }), comment({ line: null, subject_type: "file" })]));
  assert.deepEqual(advice.map(({ finding, offers }) => [finding.message, finding.at?.line, offers.length]), [["Why?", 3, 0], ["Close it.", 1, 0]]);
});

test("pages one behind the other, in a list of lists, or one comment a line", async () => {
  const [one, other] = [JSON.stringify(COMMENT), JSON.stringify(comment({ path: "b.ts" }))];
  for (const text of [`[${one},${other}]`, `[${one}][${other}]`, `[[${one}],[${other}]]`, `${one}\n${other}\n`, `[]\n[${one}]\n[${other}]\n`]) {
    assert.deepEqual((await suggestionsOf(source, text)).map(({ file, origin }) => [file, origin.number]), [["src/a.ts", 1], ["b.ts", 2]], text);
  }
});

test("outdated comments, and those about what goes, are left as that; broken ones are named", async () => {
  const text = JSON.stringify([comment({ line: null, position: null }), comment({ side: "LEFT" }), comment({ body: " " }), 7, comment({ path: "../a" }), comment({ line: "3" })]);
  const expected = [[1, "comment-outdated", false], [2, "comment-on-old-side", false], [3, "comment-empty", false], [4, "result-shape", true], [5, "path-outside", true], [6, "result-shape", true]];
  assert.deepEqual(await skippedOf(source, text), expected);
  assert.deepEqual(await skippedOf(source, `${JSON.stringify([COMMENT])}[{"path":`), [[2, "not-json", true]]);
});

test("an answer is recognised by what only such comments have", () => {
  assert.ok(source.recognise(JSON.stringify([COMMENT]), "x") > 0);
  for (const head of ["[]", "{}", '[{"path":"a","body":"b"}]', 'a.ts:1: "diff_hunk": "body":']) assert.equal(source.recognise(head, "x"), 0, head);
});
