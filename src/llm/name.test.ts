/** A model's name says which provider is meant; nothing is guessed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../domain/problem.ts";
import { parseModelName } from "./name.ts";

function problem(name: string): Problem {
  try {
    parseModelName(name);
  } catch (error) {
    assert.ok(error instanceof Problem);
    return error;
  }
  throw new Error(`${name} was understood`);
}

test("provider and model, with the model's own colons and slashes", () => {
  assert.deepEqual(parseModelName("anthropic:claude-opus-5-5"), { provider: "anthropic", model: "claude-opus-5-5", text: "anthropic:claude-opus-5-5" });
  assert.equal(parseModelName("ollama:qwen3:8b").model, "qwen3:8b");
  assert.equal(parseModelName("openrouter:openai/gpt-6-sol").model, "openai/gpt-6-sol");
  assert.equal(parseModelName("bedrock:anthropic.claude-opus-5-5").provider, "bedrock");
});

test("a gateway has an address and a model, and is named without its path", () => {
  const name = parseModelName("compatible:http://127.0.0.1:8000/v1#my/model");
  assert.equal(name.model, "my/model");
  assert.equal(name.url?.href, "http://127.0.0.1:8000/v1");
  assert.equal(name.text, "compatible:http://127.0.0.1:8000#my/model");
  assert.equal(problem("compatible:https://example.com/v1").exitCode, 64);
  assert.equal(problem("compatible:http://example.com/v1#m").exitCode, 78);
  assert.ok(!JSON.stringify(problem("compatible:https://me:hunter2@example.com/v1#m").args).includes("hunter2"));
  assert.ok(!JSON.stringify(problem("compatible:https://me:hunter2@example.com/v1").args).includes("hunter2"));
});

test("a bare name is an error that lists what it could mean", () => {
  assert.deepEqual(problem("claude-opus-5-5").args["meant"], [
    "anthropic:claude-opus-5-5",
    "bedrock:anthropic.claude-opus-5-5",
    "openrouter:anthropic/claude-opus-5-5",
  ]);
  assert.deepEqual(problem("gpt-6-sol").args["meant"], ["openai:gpt-6-sol", "openrouter:openai/gpt-6-sol"]);
  assert.deepEqual(problem("meta/llama").args["meant"], ["openrouter:meta/llama", "huggingface:meta/llama"]);
  assert.equal((problem("qwen3:8b").args["meant"] as string[])[0], "ollama:qwen3:8b");
  for (const name of ["", ":", "anthropic:", "google:gemini"]) assert.equal(problem(name).exitCode, 64);
});
