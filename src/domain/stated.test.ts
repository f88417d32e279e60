import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_RATIONALE_LENGTH, statedTogether } from "./stated.ts";

test("each reason stands once, and the least sure one counts", () => {
  assert.deepEqual(statedTogether([{ rationale: " a ", confidence: 95 }, { rationale: "b" }, { rationale: "a", confidence: 70 }]), { rationale: "a\nb", confidence: 70 });
  assert.deepEqual(statedTogether([{ confidence: 0 }]), { confidence: 0 });
  for (const nothing of [[], [{}], [{ rationale: " \n" }], [{ confidence: NaN }]]) assert.equal(statedTogether(nothing), undefined);
});

test("it is bounded and whole text, whatever is said", () => {
  const one = fc.record({ rationale: fc.string({ unit: "binary", maxLength: 3_000 }), confidence: fc.double({ min: 0, max: 100 }) }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 5 }), (all) => {
      const { rationale = "", confidence = 0 } = statedTogether(all) ?? {};
      assert.ok(rationale.length <= MAX_RATIONALE_LENGTH && rationale.isWellFormed());
      assert.ok(confidence >= 0 && all.every((other) => other.confidence === undefined || Number.isNaN(other.confidence) || confidence <= other.confidence));
    }),
  );
});
