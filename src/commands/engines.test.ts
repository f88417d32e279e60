/** Who works is who was named, or the configuration's list where that counts, or what is installed and has a key. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, meansOf } from "../../test/support/engines.ts";
import { ScriptedProvider } from "../../test/support/provider.ts";
import type { Means } from "../agents/shared/kind.ts";
import type { Reason } from "../domain/reason.ts";
import { parseConfig } from "./config.ts";
import { chooseEngines, openEngines } from "./engines.ts";

const INSTALLED = new Set(["claude", "codex", "gemini"]);
const KEYS = { ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "o", GEMINI_API_KEY: "g" };
const means = meansOf({ environment: KEYS, locate: (program) => (INSTALLED.has(program) ? `/usr/bin/${program}` : undefined) });
const MINE = '{ "engines": [{ "use": "acp", "name": "mine", "run": ["my-agent"] }, { "use": "codex" }] }';

function chosen(parts: { named?: string[]; config?: string; asksConfigured?: boolean; means?: Means } = {}): { names: string[]; notices: Reason[] } {
  const notices: Reason[] = [];
  const config = parts.config === undefined ? undefined : parseConfig(parts.config, "stet.config.json").engines;
  const all = { named: [], asksConfigured: false, means, ...parts, config, notice: (one: Reason) => void notices.push(one) };
  return { names: chooseEngines(all).map(({ name }) => name), notices };
}

test("what is installed and has a key, in one order", () => {
  assert.deepEqual(chosen().names, ["claude", "codex", "gemini"]);
  assert.deepEqual(chosen({ means: { ...means, environment: { OPENAI_API_KEY: "o" } } }).names, ["codex"]);
});

test("the command line's order goes before everything, and who is not there is named", () => {
  assert.deepEqual(chosen({ named: ["codex", "claude"] }).names, ["codex", "claude"]);
  assert.deepEqual(chosen({ named: ["claude"], means: { ...means, environment: {} } }).names, ["claude"]);
  assert.throws(() => chosen({ named: ["nobody"] }), { code: "unknown-engine", exitCode: 64 });
  assert.throws(() => chosen({ named: ["mine"], config: MINE }), { code: "unknown-engine" });
});

test("a repository's list counts only where a person says so", () => {
  const unasked = chosen({ config: MINE });
  assert.deepEqual(unasked.names, ["claude", "codex", "gemini"]);
  assert.partialDeepStrictEqual(unasked.notices, [{ code: "engines-unasked", args: { engines: ["mine", "codex"] } }]);
  assert.deepEqual(chosen({ config: MINE, asksConfigured: true }), { names: ["mine", "codex"], notices: [] });
});

test("who names a model has said who may be asked", async () => {
  await using provider = await ScriptedProvider.start([]);
  const asked = { ...means, client: clientOf(provider) };
  assert.deepEqual(chosen({ means: asked }).names, ["builtin"]);
  assert.deepEqual(chosen({ means: asked, named: ["claude", "builtin"] }).names, ["claude", "builtin"]);
});

test("of a list those work that are here; without any there is a problem that says what to do", () => {
  const notices: Reason[] = [];
  const options = { named: [], config: parseConfig(MINE, "c").engines, asksConfigured: true, means, notice: (one: Reason) => void notices.push(one) };
  assert.deepEqual(openEngines(options).map(({ name }) => name), ["codex"]);
  assert.partialDeepStrictEqual(notices, [{ code: "engine-missing", args: { name: "mine", program: "my-agent" } }]);
  assert.throws(() => openEngines({ ...options, config: undefined, means: meansOf() }), { code: "no-engines", exitCode: 69 });
  assert.throws(() => openEngines({ ...options, named: ["claude"], means: meansOf({ locate: () => undefined }) }), { code: "engine-missing", exitCode: 78 });
});

test("a wrong entry is told with its place", () => {
  assert.throws(() => parseConfig('{ "engines": [{ "use": "acp" }] }', "c"), { code: "config-invalid" });
  assert.throws(() => parseConfig('{ "engines": [{ "use": "claude", "dangerously": true }] }', "c"), { exitCode: 78 });
});
