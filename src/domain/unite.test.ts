import assert from "node:assert/strict";
import { test } from "node:test";
import { finding } from "./finding.ts";
import type { Offer, Suggestion } from "./suggestion.ts";
import { unite } from "./unite.ts";

const offer = (after: string): Offer => ({ title: after, safety: "unsafe", changes: [{ file: "a.ts", span: { kind: "quote", text: "x" }, after }] });

function said(by: string, parts: { line?: number; message?: string; confidence?: number; offers?: readonly Offer[] } = {}): Suggestion {
  const { line = 1, message = "m", confidence, offers = [] } = parts;
  const one = finding({ by, rule: "r", category: "other", message, at: { file: "a.ts", line, column: 1 }, ...(confidence !== undefined && { confidence }) });
  return { file: "a.ts", origin: { source: by, input: by, number: 1 }, advice: [{ finding: one, unit: "utf-16", offers }] };
}

test("what two say is one finding, with all that they offer and the higher confidence", () => {
  const [one, ...more] = unite([said("first", { confidence: 80, offers: [offer("1")] }), said("second", { message: " m", confidence: 95, offers: [offer("1"), offer("2")] })]);
  assert.deepEqual(more, []);
  assert.partialDeepStrictEqual(one, { origins: [{ source: "first" }, { source: "second" }], suggestion: { origin: { source: "first" } }, advice: { finding: { by: "first", confidence: 95 } } });
  assert.deepEqual(one?.advice.offers.map(({ title }) => title), ["1", "2"]);
});

test("another line or message is another finding", () => {
  assert.equal(unite([said("a"), said("a", { line: 2 }), said("a", { message: "n" })]).length, 3);
});
