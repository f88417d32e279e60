import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelOrder } from "../src/refund.ts";

const line = { isbn: "978-0-14-143951-8", copies: 2, unitCents: 899 };
const order = { id: "A1", lines: [line], member: true, express: false };

test("a cancelled order is paid back", () => {
  const till = { entries: [] };
  assert.equal(cancelOrder(order, till), "order A1 is cancelled");
  assert.deepEqual(till.entries, ["A1 -€17.98"]);
});
