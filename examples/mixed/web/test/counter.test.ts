import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { prices } from "../src/prices.ts";
import type { Parcel } from "../src/parcels.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const letter: Parcel = { id: "a-1", grams: 300, zone: "mainland", carrier: "post" };
const crate: Parcel = { id: "a-2", grams: 24_500, zone: "islands", carrier: "courier" };

test("the counter gets a price for every parcel, from every carrier", async () => {
  assert.deepEqual(await prices([letter, crate], root), [399, 6840]);
});

test("the islands cost more", async () => {
  const [near = 0, far = 0] = await prices([letter, { ...letter, zone: "islands" }], root);
  assert.ok(far > near);
});
