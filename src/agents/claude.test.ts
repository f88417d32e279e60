/** Claude Code's own output is read as it was recorded, and what it is started with leaves nothing to a question. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { meansOf, standIn } from "../../test/support/engines.ts";
import { packageRoot, plainWorkspace } from "../../test/support/workspace.ts";
import type { Command } from "../domain/workspace.ts";
import { engine as claude, read } from "./claude.ts";
import { objectsIn } from "./shared/json-lines.ts";

const recorded = readFileSync(join(packageRoot, "test/recorded/claude.jsonl"), "utf8");

test("what it said, what it cost, and that it was through", () => {
  assert.deepEqual(read(objectsIn(recorded)), { isWhole: true, said: "All done, three is there.", usage: { inputTokens: 20, outputTokens: 10, usd: 0.00028000000000000003 } });
});

test("a fault is one whatever it is called, and output without an end is none", () => {
  const end = { type: "result", subtype: "success", is_error: true, result: "API Error: 429 overloaded" };
  assert.partialDeepStrictEqual(read([end]), { isWhole: true, said: "", fault: "API Error: 429 overloaded" });
  assert.partialDeepStrictEqual(read([{ type: "result", subtype: "error_max_turns" }]), { fault: "error_max_turns" });
  assert.partialDeepStrictEqual(read(objectsIn(recorded).slice(0, 2)), { isWhole: false });
  const retries = { type: "system", subtype: "api_retry", attempt: 1, error_status: 429, error: "rate_limit" };
  assert.deepEqual(read([...objectsIn(recorded).slice(0, 2), retries]), { isWhole: false, said: "", usage: {}, fault: "rate_limit 429" });
  assert.equal(read([retries, ...objectsIn(recorded).slice(0, 2)]).fault, undefined);
  assert.deepEqual(objectsIn('noise\n{"cut": \n[1]\n{"a":1}\n'), [{ a: 1 }]);
});

test("it has a list of tools, commands by their words, its key, and none of the repository's settings", async () => {
  using workspace = plainWorkspace({});
  const commands: Command[] = [];
  const watched = { ...workspace, run: (command: Command) => (commands.push(command), workspace.run(command)) };
  const environment = { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "o", ANTHROPIC_BASE_URL: "https://gateway.example" };
  const engine = claude.open({ name: "c", use: "claude", program: standIn("claude"), model: "sonnet" }, meansOf({ environment, commands: [["npm", "test"], ["sh", "-c", "a|b"]] }));
  await engine.run(watched, "Do nothing.", { timeoutMs: 60_000 });
  const { argv = [], env, stdin, network } = commands[0] ?? {};
  const after = (name: string): string | undefined => argv[argv.indexOf(name) + 1];
  assert.equal(after("--allowedTools"), "Read,Edit,Write,Glob,Grep,TodoWrite,Bash(npm test:*)");
  assert.equal(after("--tools"), "Read,Edit,Write,Glob,Grep,TodoWrite,Bash");
  assert.equal(after("--setting-sources"), "user");
  assert.equal(after("--model"), "sonnet");
  assert.ok(argv.includes("--strict-mcp-config") && !argv.some((word) => word.includes("dangerously")));
  assert.deepEqual([env?.["ANTHROPIC_API_KEY"], env?.["OPENAI_API_KEY"], env?.["ANTHROPIC_BASE_URL"]], ["k", undefined, "https://gateway.example"]);
  assert.deepEqual([stdin, network], ["Do nothing.", true]);
});

test("it is offered where it is installed and has a key", () => {
  const means = meansOf({ locate: () => "/usr/bin/claude", environment: { CLAUDE_CODE_OAUTH_TOKEN: "k" } });
  assert.deepEqual(claude.detect(means), [{ name: "claude", use: "claude" }]);
  assert.deepEqual(claude.detect({ ...means, environment: {} }), []);
  assert.deepEqual(claude.detect({ ...means, locate: () => undefined }), []);
});
