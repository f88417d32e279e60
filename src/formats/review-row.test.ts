import assert from "node:assert/strict";
import { test } from "node:test";
import { figureOf, timeOf } from "./review-row.ts";

test("a time is the same moment however it is written, on every machine", () => {
  const moment = Date.UTC(2026, 10, 30, 12, 0, 0);
  for (const text of ["2026-11-30T12:00:00Z", "2026-11-30 12:00:00", "2026-11-30T12:00", "2026-11-30T13:00:00+01:00", "2026-11-30T07:00:00-0500", "2026-11-30t12:00:00.000z"]) {
    assert.equal(timeOf(text.toUpperCase()), moment, text);
  }
  assert.equal(timeOf(moment), moment);
  assert.equal(timeOf(moment / 1000), moment);
  assert.equal(timeOf("2026-11-30"), Date.UTC(2026, 10, 30));
  assert.ok((timeOf("2026-11-30T12:00:00.000001Z") ?? 0) < (timeOf("2026-11-30T12:00:00.000002Z") ?? 0), "microseconds count");
  for (const value of ["", "yesterday", "2026-13-01", "2026-11-30T25:00", "12:00", null, undefined, {}, Infinity, NaN, true]) assert.equal(timeOf(value), undefined, String(value));
});

test("a figure that is no number is kept as what it is", () => {
  assert.deepEqual([95, 0, Infinity, NaN, "95", null, undefined, [95], {}].map(figureOf), [95, 0, "Infinity", "NaN", '"95"', "null", "absent", "[95]", "{}"]);
});
