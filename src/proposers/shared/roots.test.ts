import assert from "node:assert/strict";
import { test } from "node:test";
import { rootsFirst, type Ranked } from "./roots.ts";

const one = (rule: string, kind: string, isTried = true, file = "a.ts"): Ranked => ({ rule, kind, isTried, file });
const rules = (all: readonly Ranked[]): string[] => rootsFirst(all, (it) => it).map(({ rule }) => rule);

test("missing modules and names come first, in their order", () => {
  assert.deepEqual(rules([one("TS2339", "a"), one("TS2307", "b"), one("TS2322", "c"), one("TS2304", "d")]), ["TS2307", "TS2304", "TS2339", "TS2322"]);
});

test("types are not written down while a missing module has a fix to be tried", () => {
  const writes = one("TS7006", "inferFromUsage");
  assert.deepEqual(rules([writes, one("TS2307", "b")]), ["TS2307"]);
  assert.deepEqual(rules([writes, one("TS2307", "b", false)]), ["TS2307", "TS7006"], "one that is only shown is no hope");
  assert.deepEqual(rules([writes, one("TS2339", "c")]), ["TS7006", "TS2339"]);
});

test("how a member is reached waits for what is missing in its own file alone", () => {
  const access = one("TS4111", "fixNoPropertyAccessFromIndexSignature");
  assert.deepEqual(rules([access, one("TS2307", "b", true, "a.ts")]), ["TS2307"]);
  assert.deepEqual(rules([access, one("TS2307", "b", true, "b.ts")]), ["TS2307", "TS4111"]);
});
