import assert from "node:assert/strict";
import { test } from "node:test";
import { painter } from "./paint.ts";

test("paints only where there is colour", () => {
  assert.equal(painter(false)("red", "no"), "no");
  assert.equal(painter(true)("red", "no"), "\x1b[31mno\x1b[39m");
});
