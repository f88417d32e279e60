/** No run spends more than it was given, but for what one call may cost more than estimated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Budget, estimateTokens } from "./budget.ts";
import { priceOf, usdFor } from "./prices.ts";
import { parseModelName } from "./name.ts";
import type { Question } from "./question.ts";

function question(text: string, maxOutputTokens = 100): Question {
  return { system: "s", turns: [{ role: "user", text }], tools: [], maxOutputTokens };
}

const PRICE = { inputUsdPerMillion: 1_000, outputUsdPerMillion: 10_000 };

test("the worst case of a call is reserved before it is made", () => {
  const budget = new Budget({ maxRequests: 2, maxTokens: 1_000_000, maxUsd: 1_000 });
  assert.ok("settle" in budget.reserve(question("a"), PRICE));
  assert.ok("settle" in budget.reserve(question("a"), PRICE));
  assert.deepEqual(budget.reserve(question("a"), PRICE), { limit: "maxRequests", max: 2 });
  assert.deepEqual(new Budget({ maxRequests: 9, maxTokens: 50, maxUsd: 9 }).reserve(question("a"), PRICE), { limit: "maxTokens", max: 50 });
  assert.deepEqual(new Budget({ maxRequests: 9, maxTokens: 1_000, maxUsd: 0.5 }).reserve(question("a"), PRICE), { limit: "maxUsd", max: 0.5 });
});

test("what a provider did not count is estimated, and said so", () => {
  const budget = new Budget();
  const reserved = budget.reserve(question("hello".repeat(30)), undefined);
  assert.ok("settle" in reserved);
  const spent = reserved.settle({}, "an answer of some length");
  assert.equal(spent.inputTokens, estimateTokens(question("hello".repeat(30))));
  assert.equal(spent.outputTokens, 8);
  assert.deepEqual([spent.estimated, spent.unpriced, spent.usd], [1, 1, 0]);
});

test("a failed call counts as a request, and its input where it may have been read", () => {
  const budget = new Budget();
  for (const reached of [true, false]) {
    const reserved = budget.reserve(question("a"), PRICE);
    assert.ok("fail" in reserved);
    assert.equal(reserved.fail(reached).inputTokens > 0, reached);
  }
  assert.equal(budget.spent.requests, 2);
});

test("without a price the limit of tokens rules", () => {
  const budget = new Budget({ maxRequests: 9, maxTokens: 1_000_000, maxUsd: 0.000_001 });
  assert.ok("settle" in budget.reserve(question("a"), undefined));
});

test("limits hold for any order of calls, and are passed by one call at most", () => {
  const call = fc.record({ text: fc.string({ maxLength: 300 }), output: fc.nat(300), used: fc.option(fc.tuple(fc.nat(500), fc.nat(400))), fails: fc.boolean() });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), fc.nat(20), fc.nat(3_000), fc.nat(2_000), (calls, maxRequests, maxTokens, cents) => {
      const budget = new Budget({ maxRequests, maxTokens, maxUsd: cents / 100 });
      for (const { text, output, used, fails } of calls) {
        const { inputTokens, outputTokens, usd } = budget.spent;
        const reserved = budget.reserve(question(text, output), PRICE);
        if ("limit" in reserved) continue;
        // Whoever may still call has not passed any limit before.
        assert.ok(inputTokens + outputTokens <= maxTokens && usd <= cents / 100);
        if (fails) reserved.fail(true);
        else reserved.settle(used ? { inputTokens: used[0], outputTokens: used[1] } : {}, text);
      }
      assert.ok(budget.spent.requests <= maxRequests);
    }),
  );
});

test("prices: by the table, over a threshold for the whole question, by configuration, and none for what is unknown", () => {
  const haiku = priceOf(parseModelName("anthropic:claude-haiku-5-5"));
  assert.ok(haiku);
  assert.equal(usdFor(haiku, 100_000, 10_000), 0.015);
  assert.equal(usdFor(haiku, 200_000, 10_000), 0.125);
  assert.deepEqual(priceOf(parseModelName("ollama:qwen3:8b")), { inputUsdPerMillion: 0, outputUsdPerMillion: 0 });
  assert.equal(priceOf(parseModelName("openrouter:some/model")), undefined);
  assert.equal(priceOf(parseModelName("openrouter:some/model"), { "openrouter:some/model": PRICE }), PRICE);
});
