import assert from "node:assert/strict";
import { test } from "node:test";
import { shippingCents } from "../src/shipping.ts";

const line = { isbn: "978-0-14-143951-8", copies: 2, unitCents: 899 };
const order = { id: "A1", lines: [line], member: true, express: false };

test("shipping is flat, and free from five copies", () => {
  assert.equal(shippingCents(order), 390);
  assert.equal(shippingCents({ ...order, lines: [{ ...line, copies: 5 }] }), 0);
});

test("express is paid at the door, so it is not in the order's shipping", () => {
  assert.equal(shippingCents({ ...order, express: true }), 390);
});
