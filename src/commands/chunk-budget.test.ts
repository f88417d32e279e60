/** The weakest engine decides, once: what a spec was cut by stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contextWindow } from "../llm/context.ts";
import { meansOf } from "../../test/support/engines.ts";
import { chunkBudget, DEFAULT_CHUNK_TOKENS, windowsOf } from "./chunk-budget.ts";

test("the command line, then the record, then a quarter of the smallest window, and never more than the bound", () => {
  const windows = (): number[] => [200_000, 8_192];
  assert.equal(chunkBudget({ asked: 50_000, recorded: 7, windows }), 50_000);
  assert.equal(chunkBudget({ asked: undefined, recorded: 7, windows }), 7);
  assert.equal(chunkBudget({ asked: undefined, recorded: undefined, windows }), 2_048);
  assert.equal(chunkBudget({ asked: undefined, recorded: undefined, windows: () => [200_000] }), DEFAULT_CHUNK_TOKENS);
  assert.equal(chunkBudget({ asked: undefined, recorded: undefined, windows: () => [] }), DEFAULT_CHUNK_TOKENS);
});

test("windows are those of the engines that count, and of the models that the built-in one may ask", () => {
  const client = { standing: ["ollama:small", "anthropic:large"], ask: () => assert.fail("nobody is asked") };
  const config = [{ name: "mine", use: "codex" as const, contextTokens: 30_000 }];
  const means = meansOf({ client, environment: { OLLAMA_CONTEXT_LENGTH: "16384" } });
  assert.deepEqual(windowsOf({ named: [], config, asksConfigured: false, means }, { "anthropic:large": 100_000 }), [16_384, 100_000]);
  assert.deepEqual(windowsOf({ named: [], config, asksConfigured: true, means }, {}), [30_000]);
  assert.equal(contextWindow("ollama:small", { "ollama:small": 4_096 }, { OLLAMA_CONTEXT_LENGTH: "16384" }), 4_096);
  assert.equal(contextWindow("openai:x", {}, { OLLAMA_CONTEXT_LENGTH: "16384" }), undefined);
});
