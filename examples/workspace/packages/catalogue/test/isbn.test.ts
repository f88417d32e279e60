import assert from "node:assert/strict";
import { test } from "node:test";
import { isValidIsbn, normaliseIsbn } from "../src/isbn.ts";

test("an ISBN is thirteen digits with a check digit", () => {
  assert.equal(normaliseIsbn("978-0-14-143951-8"), "9780141439518");
  assert.equal(isValidIsbn("978-0-14-143951-8"), true);
  assert.equal(isValidIsbn("978-0-14-143951-9"), false);
});
