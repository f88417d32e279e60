/** Codex's own output is read as it was recorded, and it never asks. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { meansOf, standIn } from "../../test/support/engines.ts";
import { packageRoot, plainWorkspace } from "../../test/support/workspace.ts";
import type { Command } from "../domain/workspace.ts";
import { engine as codex, read } from "./codex.ts";
import { objectsIn } from "./shared/json-lines.ts";

const recorded = readFileSync(join(packageRoot, "test/recorded/codex.jsonl"), "utf8");

test("what it said, what it used, and that it was through", () => {
  assert.deepEqual(read(objectsIn(recorded)), { isWhole: true, said: "All done, three is there.", usage: { inputTokens: 20, outputTokens: 10 } });
});

test("a failed turn has its words, a passing error none once the turn is through", () => {
  const limit = { type: "turn.failed", error: { message: "exceeded retry limit, last status: 429 Too Many Requests" } };
  assert.partialDeepStrictEqual(read([{ type: "error", message: "stream error" }, limit]), { isWhole: true, fault: limit.error.message });
  assert.equal(read([{ type: "error", message: "reconnecting" }, ...objectsIn(recorded)]).fault, undefined);
  assert.partialDeepStrictEqual(read(objectsIn(recorded).slice(0, 3)), { isWhole: false });
});

async function started(isContained: boolean, environment: Record<string, string>): Promise<Command> {
  using workspace = plainWorkspace({});
  const commands: Command[] = [];
  const watched = { ...workspace, isContained, run: (command: Command) => (commands.push(command), workspace.run(command)) };
  const engine = codex.open({ name: "c", use: "codex", program: standIn("codex") }, meansOf({ environment }));
  await engine.run(watched, "Do nothing.", { timeoutMs: 60_000 });
  return commands[0] ?? assert.fail();
}

test("its own sandbox stands where stet has none, it never asks, and a gateway is the user's", async () => {
  const { argv, env } = await started(false, { OPENAI_API_KEY: "o", ANTHROPIC_API_KEY: "a" });
  assert.deepEqual(argv.slice(-3), ["--sandbox", "workspace-write", "-"]);
  assert.ok(argv.includes('approval_policy="never"') && !argv.some((word) => word.startsWith("model_provider")));
  assert.deepEqual([env?.["CODEX_API_KEY"], env?.["ANTHROPIC_API_KEY"]], ["o", undefined]);
  const inside = await started(true, { CODEX_API_KEY: "c", OPENAI_BASE_URL: 'http://127.0.0.1:1/v1"' });
  assert.deepEqual(inside.argv.slice(-3), ["--sandbox", "danger-full-access", "-"]);
  assert.ok(inside.argv.includes('model_providers.gateway.base_url="http://127.0.0.1:1/v1\\""'));
});

test("it is offered where it is installed and has a key", () => {
  const means = meansOf({ locate: () => "/usr/bin/codex", environment: { OPENAI_API_KEY: "k" } });
  assert.deepEqual(codex.detect(means), [{ name: "codex", use: "codex" }]);
  assert.deepEqual(codex.detect({ ...means, environment: {} }), []);
});
