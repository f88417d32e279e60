import assert from "node:assert/strict";
import { test } from "node:test";
import { grown } from "./growth.ts";

const MARKS = { one: /1/g, two: /2/g };

test("only what rose is named", () => {
  assert.deepEqual(grown(MARKS, "1 2", "2 1 2"), ["two"]);
  assert.deepEqual(grown(MARKS, "1 2", "2 1"), []);
  assert.deepEqual(grown(MARKS, "1 2", ""), []);
  assert.deepEqual(grown(MARKS, "", "12"), ["one", "two"]);
});
