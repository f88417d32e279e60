/** The rules that reviews are held to, through the room's faces: quotes, tiers, changed lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readReview, type RawFinding } from "./answer.ts";
import { holdAgainst } from "./hold.ts";
import { hunksIn } from "./subject.ts";
import { confidenceOf, TRUST_LIMITS, trustOf } from "./trust.ts";

const TEXT = "\uFEFFone();\r\n  two();\r\nif (x) {\r\n  two();\r\n}\r\n";

function raw(quote: string, parts: Partial<RawFinding> = {}): RawFinding {
  return { line: 1, quote, rule: "r", message: quote, confidence: 90, ...parts };
}

test("a quote is found where it stands, nearest to the line that was named, or the finding is dropped", () => {
  const subject = { file: "a.js", text: TEXT };
  const { findings, dropped } = holdAgainst(subject, [raw("two();"), raw("two();", { line: 9 }), raw("if (x) {\n two();"), raw("three();")], 2);
  assert.deepEqual(findings.map(({ at }) => [at.line, at.column]), [[2, 3], [4, 3], [3, 1]]);
  assert.deepEqual(dropped, { unquotable: 1, outside: 0, repeated: 0, edits: 0, broken: 2 });
});

test("an edit stands once, or the finding keeps its words", () => {
  const edits = (old_string: string): RawFinding["edits"] => [{ old_string, new_string: "x" }];
  const { findings, dropped } = holdAgainst({ file: "a.js", text: TEXT }, [raw("one();", { edits: edits("one();\n  two") }), raw("if (x) {", { edits: edits("two();") })]);
  assert.deepEqual([findings.map((one) => one.edits.length), dropped.edits], [[1, 0], 1]);
});

test("no finding outside of what changed", () => {
  const change = hunksIn("diff --git a/a.js b/a.js\n--- a/a.js\n+++ b/a.js\n@@ -1,2 +1,3 @@\n one();\n+  two();\n-gone();\n if (x) {\n");
  assert.deepEqual([...change.lines], [2, 3]);
  const { findings, dropped } = holdAgainst({ file: "a.js", text: TEXT, change }, [raw("one();"), raw("two();")]);
  assert.deepEqual([findings.map(({ at }) => at.line), dropped.outside], [[2], 1]);
});

test("an answer is a review by shape and length, and one broken finding costs itself only", () => {
  const answer = (value: unknown, more = {}): Parameters<typeof readReview>[0] => ({ model: "m", text: JSON.stringify(value), calls: [], finish: "done", usage: {}, ...more });
  const good = raw("q");
  const said = "Looked at everything there is.";
  assert.deepEqual(readReview(answer({ summary: said, findings: [good, { line: "x" }] }), 10), { findings: [good], broken: 1 });
  assert.equal(readReview(answer({ summary: said, findings: [{ line: "x" }] }), 10), "wrong-shape");
  assert.equal(readReview(answer({ summary: "ok", findings: [] }), 10), "thin");
  assert.equal(readReview(answer("nothing"), 10), "wrong-shape");
  assert.equal(readReview(answer({}, { finish: "cut-off" }), 10), "cut-off");
  const call = { id: "1", name: "report_review", input: '{"summary":"Looked at all of it","findings":[{"line":1,"quote":"q","rule":"r","message":"m","confidence":1e999}]}' };
  assert.equal(readReview(answer({}, { calls: [call] }), 5), "wrong-shape", "an infinity is no confidence");
});

test("tiers follow from the average and the least; a record stands for a word only from enough outcomes on", () => {
  assert.equal(trustOf([], TRUST_LIMITS), undefined);
  const tier = (...confidences: number[]): string | undefined => trustOf(confidences, TRUST_LIMITS)?.tier;
  assert.deepEqual([tier(90), tier(100, 80), tier(100, 100, 100, 69), tier(89.9), tier(75), tier(74), tier(50), tier(49)], ["auto", "auto", "dry_run", "dry_run", "dry_run", "simulation", "simulation", "block"]);
  assert.deepEqual(confidenceOf(95, { p: 0.2, n: 9 }, TRUST_LIMITS), { value: 95, source: "stated" });
  assert.deepEqual(confidenceOf(95, { p: 0.2, n: 10 }, TRUST_LIMITS), { value: 20, source: "earned", outcomes: 10 });
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 }), (confidences) => {
    const trust = trustOf(confidences, TRUST_LIMITS);
    assert.ok(trust && trust.minimum <= trust.average + 0.05 && (trust.tier !== "auto" || (trust.average >= 90 && trust.minimum >= 70)));
  }));
});
