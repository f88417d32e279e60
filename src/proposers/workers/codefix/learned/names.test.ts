import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { closest, distance, likeness } from "./names.ts";

test("a slip of the hand is one step", () => {
  const steps: [string, string][] = [["name", "nmae"], ["name", "nam"], ["name", "namme"], ["name", "nane"]];
  for (const [one, other] of steps) assert.equal(distance(one, other), 1, other);
  assert.equal(distance("", "abc"), 3);
});

test("distance is the same both ways, and never more than the longer text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
      const steps = distance(one, other);
      assert.equal(steps, distance(other, one));
      assert.ok(steps <= Math.max(one.length, other.length) && steps >= Math.abs(one.length - other.length));
      assert.equal(steps === 0, one === other);
    }),
    { numRuns: 100 },
  );
});

test("names are alike by letters or by words", () => {
  assert.equal(likeness("fileName", "filename"), 1);
  assert.ok(likeness("perimeter", "perimeterOf") > 0.6);
  assert.ok(likeness("deepMerge", "getDeepMerge") > 0.7);
  assert.ok(likeness("area", "volume") < 0.5);
});

test("the closest one has to lead: where two could be meant, none is named", () => {
  assert.equal(closest("lenght", ["length", "name", "prototype"]), "length");
  assert.equal(closest("c", ["cc", "context"]), "cc");
  assert.equal(closest("beforeError", ["before", "beforeRetry"]), undefined);
  assert.equal(closest("name", ["names", "namer"]), undefined);
  assert.equal(closest("name", ["name", "volume"]), undefined, "itself does not count");
  assert.equal(closest("area", []), undefined);
});
