/** A spec through the library: each part's report as it ends, and what cannot be built as a `Problem`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { build, EXIT, Problem, type BuildOptions, type PartReport } from "../src/index.ts";
import { scriptedBuilder } from "./support/builder.ts";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { ScriptedProvider } from "./support/provider.ts";

const FILES = {
  "stet.config.json": '{ "checks": [{ "name": "good", "run": ["sh", "-c", "! grep -rn BAD src"] }] }\n',
  "src/base.txt": "base\n",
  "PLAN.md": "# Plan\n\n- [ ] Add one\n- [ ] Add two\n",
};

async function partsOf(options: BuildOptions): Promise<PartReport[]> {
  const parts: PartReport[] = [];
  for await (const part of build(options)) parts.push(part);
  return parts;
}

test("a spec's parts come as they end, and the same again has nothing left", async () => {
  using sandbox = new Sandbox(FILES, { dependencies: false });
  process.env["STET_CACHE_DIR"] = sandbox.cache;
  const before = fingerprint(sandbox.root);
  const { answer } = scriptedBuilder({ "Add one": { "src/one.txt": "1\n" }, "Add two": { "src/two.txt": "BAD\n" } });
  await using provider = await ScriptedProvider.start(answer);
  const asked = { cwd: sandbox.root, spec: "PLAN.md", models: [`compatible:${provider.url}#m`] };
  const parts = await partsOf(asked);
  assert.deepEqual(parts.map(({ number, built, failed, exitCode }) => [number, built.map(({ title }) => title), failed.map(({ chunk }) => chunk.title), exitCode]), [[1, ["Add one"], ["Add two"], EXIT.remains]]);
  assert.equal(sandbox.show("src/one.txt"), "1\n");
  assert.equal(fingerprint(sandbox.root), before);
  const [again] = await partsOf(asked);
  assert.deepEqual([again?.built.length, again?.done], [0, 1]);
  await assert.rejects(partsOf({ ...asked, spec: "NO.md" }), (error) => error instanceof Problem);
});
