import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_TEXT_LENGTH, MAX_WINDOWS, windowsOf, WINDOW_LENGTH, WINDOW_OVERLAP } from "./windows.ts";

test("windows are the whole text, overlap as far as they should, and tear no character", () => {
  const texts = fc.array(fc.constantFrom("word ", "\n", "🎯", "設計"), { maxLength: 6_000 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const windows = windowsOf(text) ?? assert.fail("too long");
      let [at, line] = [0, 1];
      for (const [index, window] of windows.entries()) {
        const from = text.indexOf(window.text, Math.max(0, at - WINDOW_OVERLAP - 1));
        assert.ok(from >= 0 && from <= at && window.text.length <= WINDOW_LENGTH + 1 && !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(window.text));
        if (index > 0) assert.ok(at - from >= WINDOW_OVERLAP - 1);
        assert.deepEqual([window.firstLine <= line, window.lastLine - window.firstLine], [true, window.text.split("\n").length - 1]);
        [at, line] = [from + window.text.length, window.lastLine];
      }
      assert.equal(at, text.length);
    }),
    { numRuns: 60 },
  );
});

test("ten of them at most; what they do not reach is refused, never cut off", () => {
  assert.equal(windowsOf("x".repeat(WINDOW_LENGTH))?.length, 1);
  assert.equal(windowsOf("x".repeat(WINDOW_LENGTH + 1))?.length, 2);
  assert.equal(windowsOf("x".repeat(MAX_TEXT_LENGTH))?.length, MAX_WINDOWS);
  assert.equal(windowsOf("x".repeat(MAX_TEXT_LENGTH + 1)), undefined);
});
