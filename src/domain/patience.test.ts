/** What providers say about when to come back, as they say it, and what is made of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backoffMs, hintIn, MAX_WAIT_MS } from "./patience.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const hint = (headers: Record<string, string>, body = ""): ReturnType<typeof hintIn> => hintIn(headers, body, NOW);
const reset = (ms: number): object => ({ ms, from: "reset" });
const retry = (ms: number): object => ({ ms, from: "retry-after" });

test("Retry-After is read in seconds and as an HTTP date, and never clamped", () => {
  assert.deepEqual(hint({ "retry-after": "3" }), retry(3_000));
  assert.deepEqual(hint({ "retry-after": "0.5" }), retry(500));
  assert.deepEqual(hint({ "retry-after": "900" }), retry(900_000));
  assert.deepEqual(hint({ "retry-after": "Sat, 21 Nov 2026 12:00:30 GMT" }), retry(30_000));
  assert.deepEqual(hint({ "retry-after-ms": "250", "retry-after": "1" }), retry(250));
});

test("a past date, -1, soon and 0 say nothing", () => {
  for (const value of ["Sat, 21 Nov 2026 11:59:30 GMT", "-1", "soon", "0", "", "NaN", "1e9999", "Sat"]) {
    assert.equal(hint({ "retry-after": value }), undefined, value);
    assert.equal(hint({ "x-ratelimit-reset": value }), undefined, value);
  }
});

test("resets are read in every spelling that providers use", () => {
  const spellings: [string, number][] = [
    ["6m0s", 360_000],
    ["1m20.5s", 80_500],
    ["1h", 3_600_000],
    ["2026-11-21T12:00:45Z", 45_000],
    ["2026-11-21T13:00:45+01:00", 45_000],
    [String(NOW / 1_000 + 40), 40_000],
    [String(NOW + 50_000), 50_000],
    ["30", 30_000],
  ];
  for (const [value, ms] of spellings) {
    for (const name of ["x-ratelimit-reset-tokens", "anthropic-ratelimit-requests-reset", "ratelimit-reset"]) {
      assert.deepEqual(hint({ [name]: value }), reset(ms), `${name}: ${value}`);
    }
  }
});

test("resets are clamped to 10 s and an hour", () => {
  assert.deepEqual(hint({ "x-ratelimit-reset-requests": "20ms" }), reset(10_000));
  assert.deepEqual(hint({ "x-ratelimit-reset-requests": "9h" }), reset(3_600_000));
});

test("of several windows the one that is used up counts, else the longest", () => {
  const windows = { "anthropic-ratelimit-tokens-reset": "5m", "anthropic-ratelimit-requests-reset": "30s" };
  assert.deepEqual(hint(windows), reset(300_000));
  assert.deepEqual(hint({ ...windows, "anthropic-ratelimit-requests-remaining": "0", "anthropic-ratelimit-tokens-remaining": "12" }), reset(30_000));
});

test("sentences are understood, and other sentences are not", () => {
  assert.deepEqual(hint({}, "Rate limit reached. Your limit resets in 30 seconds."), reset(30_000));
  assert.deepEqual(hint({}, '{"error":{"message":"Please try again in 5m"}}'), reset(300_000));
  assert.deepEqual(hint({}, "Please try again in 6m0s. Visit us."), reset(360_000));
  assert.deepEqual(hint({}, "retry after 2 minutes and a bit"), reset(120_000));
  assert.deepEqual(hint({}, "Try again in 1.5s"), reset(10_000));
  for (const text of ["try again soon", "try again in a while", "resets in 5 apples", "in 30 seconds", "try again in"]) {
    assert.equal(hint({}, text), undefined, text);
  }
});

test("a header's Retry-After goes before resets, and headers before sentences", () => {
  assert.deepEqual(hint({ "retry-after": "2", "x-ratelimit-reset": "60" }, "try again in 5m"), retry(2_000));
  assert.deepEqual(hint({ "x-ratelimit-reset": "60" }, "try again in 5m"), reset(60_000));
});

test("whatever headers and bodies say, a hint is a time above 0, and one of a reset within its bounds", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[-0-9.:TZmsh ]{0,20}$/));
  fc.assert(
    fc.property(text, text, text, (retryAfter, resets, body) => {
      const found = hint({ "retry-after": retryAfter, "x-ratelimit-reset": resets }, `try again in ${body}`);
      if (!found) return;
      assert.ok(found.ms > 0 && Number.isFinite(found.ms));
      if (found.from === "reset") assert.ok(found.ms >= 10_000 && found.ms <= 3_600_000);
    }),
  );
});

test("backoff doubles, with jitter between half and one and a half, and stays below the longest wait", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const ms = backoffMs(attempt, random);
      assert.ok(ms <= MAX_WAIT_MS);
      if (attempt < 5) assert.ok(ms >= 500 * 2 ** attempt && ms <= 1_500 * 2 ** attempt);
    }),
  );
});
