import assert from "node:assert/strict";
import { test } from "node:test";
import { landed, struck, typeError } from "../../test/support/runs.ts";
import type { Event } from "../domain/event.ts";
import { reason } from "../domain/reason.ts";
import { ndjson } from "./ndjson.ts";

function said(event: Event, now?: () => number): unknown {
  const lines: string[] = [];
  ndjson((text) => lines.push(text), now ? { now } : {})(event);
  assert.match(lines.join(""), /^[^\n]+\n$/, "one line for one event");
  return JSON.parse(lines.join(""));
}

test("an event is one object, with its time where a clock is given", () => {
  const event = { type: "trying", proposals: 3, measurement: 2 } as const;
  assert.deepEqual(said(event), event);
  assert.deepEqual(said(event, () => 0), { ...event, at: "1970-01-01T00:00:00.000Z" });
});

test("reasons are data and words", () => {
  const why = reason("run", "uncommitted-changes", { files: 2 });
  const text = "2 files with uncommitted changes: the run works from the commit, without them.";
  assert.deepEqual(said({ type: "notice", reason: why }), { type: "notice", reason: { ...why, text } });
  const [first = landed] = struck;
  assert.partialDeepStrictEqual(said({ type: "verdict", verdict: first, landed: false }), {
    verdict: "worse", landed: false, reasons: [{ code: "new-finding", by: "tsc", args: { line: 8 } }], proposal: { id: first.proposal.id },
  });
});

test("readings are counted, and offered fixes are left out", () => {
  const found = { ...typeError("a\u009b.ts", 1), fixes: [{ title: "t", safety: "safe", edits: [] }] } as const;
  const reading = { kind: "read", check: "t", findings: [found], inventory: { a: "passed", b: "failed" }, durationMs: 5 } as const;
  assert.deepEqual(said({ type: "check-ended", reading, cached: true }), {
    type: "check-ended", check: "t", kind: "read", durationMs: 5, findings: 1, tests: { passed: 1, failed: 1, skipped: 0 }, cached: true,
  });
  const { fixes: _fixes, ...rest } = found;
  assert.deepEqual(said({ type: "remaining", findings: [found] }), { type: "remaining", findings: [rest] });
});

test("nothing raw reaches a terminal that shows the stream", () => {
  const lines: string[] = [];
  ndjson((text) => lines.push(text))({ type: "check-started", check: "a\u009b2J\u202e", purpose: "trial" });
  assert.equal(lines.join(""), '{"type":"check-started","check":"a\\u009b2J\\u202e","purpose":"trial"}\n');
});
