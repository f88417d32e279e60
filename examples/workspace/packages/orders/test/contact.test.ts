import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, greet } from "../src/contact.ts";

test("a customer without an address is not written to", () => {
  assert.equal(addressOf({ name: "Ada", since: 2019 }), "no address");
  assert.equal(addressOf({ name: "Ada", email: "ADA@EXAMPLE.ORG", since: 2019 }), "ada@example.org");
  assert.equal(greet({ name: "Ada", since: 2019 }, false), "Hello Ada");
});
