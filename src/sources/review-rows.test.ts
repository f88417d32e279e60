import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceOf, itemsOf, skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./review-rows.ts";

/** A row as the design that `apply` comes from writes it: words and figures only. */
const OLD = {
  file: "src/a.ts", reviewed_at: "2026-11-30T12:00:00Z", accepted_model: "m", suggestions_preview: ["one", "two"], confidences_per_finding: [95, 91],
  confidence_avg: 93, confidence_min: 91, gradient_tier: "auto", gradient_tier_avg: "auto", verdict: "minor", critical_failures_count: 0, schema_version: 1,
};
const row = (parts: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ ...OLD, ...parts });

test("an old row is words with what they are worth", async () => {
  const [one] = await suggestionsOf(source, `${row()}\n`);
  assert.equal(one?.file, "src/a.ts");
  assert.deepEqual(one.advice.map(({ finding, offers }) => [finding.by, finding.message, finding.confidence, offers]), [["m", "one", 95, []], ["m", "two", 91, []]]);
  assert.deepEqual([one.trust, one.reviewed], [{ average: 93, minimum: 91, tiers: ["auto", "auto"] }, { at: Date.UTC(2026, 10, 30, 12), by: "m" }]);
  assert.deepEqual((await adviceOf(source, row({ suggestions_preview: "all" }))).map(({ finding }) => finding.message), ["all"]);
  assert.deepEqual(await adviceOf(source, row({ suggestions_preview: null })), []);
});

test("stet's own row says where, how sure and how", async () => {
  const patch = { title: "Close it", edits: [{ old_string: "a", new_string: "b" }, { file: "./src/b.ts", old_string: "c", new_string: "" }] };
  const findings = [{ line: 3, column: 2, rule: "leak", message: "left open", confidence: 97, patches: [patch, { edits: [] }] }, { message: "more" }];
  const [one] = await suggestionsOf(source, row({ schema_version: 2, findings, commit: "c0ffee", content_hash: "sha256:ab", stage: "dry_run" }));
  assert.partialDeepStrictEqual(one, { stage: "dry_run", reviewed: { commit: "c0ffee", content: "sha256:ab" } });
  assert.partialDeepStrictEqual(one?.advice, [
    { finding: { rule: "leak", message: "left open", confidence: 97, at: { file: "src/a.ts", line: 3, column: 2 } } },
    { finding: { rule: "review", message: "more", at: { line: 1 } }, offers: [] },
  ]);
  assert.deepEqual(one?.advice[0]?.offers, [{
    title: "Close it", safety: "unsafe",
    changes: [{ file: "src/a.ts", span: { kind: "quote", text: "a" }, after: "b" }, { file: "src/b.ts", span: { kind: "quote", text: "c" }, after: "" }],
  }]);
  assert.deepEqual((await adviceOf(source, row({ findings: [{ message: "m", patches: [{ edits: [{ file: "../x", old_string: "a", new_string: "b" }] }] }] })))[0]?.offers, []);
});

test("a figure that is none is kept against the row, never taken for one", async () => {
  const trust = async (text: string) => (await suggestionsOf(source, text))[0]?.trust;
  assert.deepEqual(await trust(row({ confidence_avg: "95", confidence_min: null, gradient_tier: 7, gradient_tier_avg: " Block " })), { average: '"95"', minimum: "null", tiers: ["block"] });
  assert.deepEqual(await trust(row().replace('"confidence_avg":93', '"confidence_avg":1e999')), { average: "Infinity", minimum: 91, tiers: ["auto", "auto"] });
  assert.deepEqual(await trust(row({ confidence_avg: undefined })), { average: "absent", minimum: 91, tiers: ["auto", "auto"] });
  assert.deepEqual((await adviceOf(source, row({ confidences_per_finding: ["95"] }))).map(({ finding }) => finding.confidence), [undefined, undefined]);
});

test("each bad line is named with its number, and every other is read", async () => {
  const bad: [line: string, code: string][] = [
    ["null", "row-shape"], ["[]", "row-shape"], ["7", "row-shape"], ["{}", "row-shape"], [row({ file: 7 }), "row-shape"], [row({ file: "" }), "row-shape"],
    [row({ reviewed_at: null }), "row-shape"], [row({ reviewed_at: "soon" }), "row-shape"], [row().replace('"2026-11-30T12:00:00Z"', "1e999"), "row-shape"],
    [row({ file: "../a.ts" }), "path-outside"], [row({ file: "/etc/passwd" }), "path-outside"], [row({ file: "a\0b" }), "path-outside"],
    [`{"__proto__":{"file":"x"},${row().slice(1)}`, "key-reserved"], [`{"confidence_avg":99,${row().slice(1)}`, "key-twice"],
    [row({ x: JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) as unknown }), "too-deep"], [`{"file":${"[".repeat(10_000)}`, "not-json"], ["// no", "not-json"],
  ];
  const text = bad.map(([line]) => `${line}\r\n${row({ file: "b.ts" })}\r\n`).join("\r\n");
  const expected = bad.map(([, code], index) => [3 * index + 1, code, true]);
  assert.deepEqual(await skippedOf(source, text), expected);
  assert.equal((await suggestionsOf(source, text)).length, bad.length);
});

test("a torn last line is said to be torn; a byte order mark is no part of the first", async () => {
  assert.deepEqual(await skippedOf(source, `\uFEFF${row()}\n${row().slice(0, 40)}`), [[2, "line-torn", true]]);
  assert.equal((await suggestionsOf(source, `\uFEFF${row()}\n${row()}`)).length, 2, "a last line may do without an ending");
});

test("findings that cannot be read are counted, and the others stand", async () => {
  const text = row({ findings: [{ message: "good" }, null, { message: "" }, { message: 7 }] });
  assert.deepEqual((await itemsOf(source, text)).map((item) => (item.kind === "skipped" ? item.skipped.reason.args : item.suggestion.advice.length)), [{ findings: 3 }, 1]);
});

test("rows are recognised by their keys, also behind a broken line or where the first is long", () => {
  for (const head of [row(), `null\n${row()}`, row({ suggestions_preview: "x".repeat(100_000) }).slice(0, 65_536)]) assert.ok(source.recognise(head, "x") > 0);
  for (const head of ["", "a.ts:1: x", '{"file":"a"}', '{"message":"m","location":{"path":"a"}}', "[]"]) assert.equal(source.recognise(head, "x"), 0, head);
});
