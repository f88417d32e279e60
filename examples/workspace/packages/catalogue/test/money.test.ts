import assert from "node:assert/strict";
import { test } from "node:test";
import { addCents, formatMoney } from "../src/money.ts";

test("money shows two decimals", () => {
  assert.equal(formatMoney(899), "€8.99");
  assert.equal(formatMoney(-5), "-€0.05");
  assert.equal(addCents([1, 2, 3]), 6);
});
