import assert from "node:assert/strict";
import { test } from "node:test";
import { isComplete, parse } from "../src/address.js";
import { isHeavy, postage } from "../src/parcel.js";
import { lastSeen } from "../src/track.js";

test("express costs twice as much", () => {
  assert.equal(postage(200, false), 500);
  assert.equal(postage(2000, true), 1800);
});

test("a kilogram is heavy", () => assert.deepEqual([isHeavy(999), isHeavy(1000)], [false, true]));

test("an address without a city is not complete, whatever stands in its place", () => {
  assert.equal(isComplete(parse("Ada\nHigh Street\nLondon")), true);
  assert.equal(isComplete({ name: "Ada", city: null }), false);
});

test("the last event counts", () => assert.equal(lastSeen(["sent", "lost"]), "lost"));
