import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { validators } from "../validators/index.ts";
import { makePolicy, REPAIR_LIMITS, TRY_LIMITS } from "./policy.ts";

const nothing = { scope: [], allowPaths: [], allow: [] };

test("whatever a repository's configuration says, its gates are as tight as without it or tighter", () => {
  const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
  const config = fc.record({
    deny: some(fc.array(fc.string())),
    protect: some(fc.array(fc.string())),
    maxFiles: some(fc.integer({ min: 1 })),
    maxChangedLines: some(fc.integer({ min: 1 })),
    maxChangedFraction: some(fc.double({ min: 0.001, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.constantFrom(REPAIR_LIMITS, TRY_LIMITS), config, (limits, given) => {
      const [without, policy] = [makePolicy(limits, {}, validators, nothing), makePolicy(limits, given, validators, nothing)];
      for (const name of ["maxFiles", "maxChangedLines", "maxChangedFraction", "smallFileLines"] as const) {
        assert.ok(policy[name] <= without[name], name);
      }
      for (const name of ["deny", "protects"] as const) assert.deepEqual(without[name].filter((one) => !policy[name].includes(one)), []);
      assert.deepEqual([policy.allow, policy.allowPaths, policy.scope], [[], [], []]);
    }),
  );
});
