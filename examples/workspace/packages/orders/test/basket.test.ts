import assert from "node:assert/strict";
import { test } from "node:test";
import { Basket } from "../src/basket.ts";

const line = { isbn: "978-0-14-143951-8", copies: 2, unitCents: 899 };

test("a basket sums its lines and refuses what is no book", () => {
  const basket = new Basket();
  basket.put(line);
  assert.equal(basket.totalCents(), 1798);
  assert.throws(() => basket.put({ ...line, isbn: "123" }), RangeError);
});
