import assert from "node:assert/strict";
import { test } from "node:test";
import { initText } from "./init.ts";

test("says what was written and what to do with it", () => {
  const checks = [{ name: "tsc", use: "tsc" }, { name: "test", use: "vitest" }];
  assert.match(initText("stet.config.json", checks), /^Wrote stet\.config\.json with 2 checks: tsc and test\.\nChange it/);
  assert.match(initText("stet.config.json", []), /no checks were found; add your own/);
});
