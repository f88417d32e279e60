/** `stet runs --clusters`: what keeps failing, from a ledger that runs have written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sandbox, type Run } from "./support/cli.ts";
import { openaiReply, ScriptedProvider, type Script } from "./support/provider.ts";
import { events } from "./support/told.ts";

const FILES = {
  "tsconfig.json": '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [], "skipLibCheck": true }, "include": ["src"] }\n',
  "stet.config.json": '{ "checks": [{ "name": "tsc", "use": "tsc" }] }\n',
  ...Object.fromEntries(["a", "b", "c"].map((name) => [`src/${name}.ts`, `export const ${name}: number = "x";\n`])),
};

/** Edits that bring a finding of their own. */
const wrong: Script = ({ text }) => {
  const [, path = ""] = /File: (\S+?)\\n/.exec(text) ?? [];
  return openaiReply({ calls: [{ name: "patch_file", input: { path, edits: [{ old_string: '"x"', new_string: "missing" }] } }] });
};

test("failures are grouped by file and by reason with evidence, and a model that never answers is dead, and said to be", async () => {
  using sandbox = new Sandbox(FILES);
  await using answering = await ScriptedProvider.start(wrong);
  await using refusing = await ScriptedProvider.start(() => ({ status: 401, body: { error: { message: "Incorrect key" } } }));
  const [alive, dead] = [answering, refusing].map(({ url }) => `compatible:${url}/v1#m`);
  const repair = (model = ""): Promise<Run> => sandbox.stet(["repair", "--fresh", "--model", model], { env: { STET_COMPATIBLE_API_KEY: "sk-loopback" } });
  const clusters = (...args: string[]): Promise<Run> => sandbox.stet(["runs", "--clusters", ...args]);
  assert.equal((await clusters()).stdout, "Nothing failed 3 times or more in 0 runs.\n");

  const first = await repair(alive);
  assert.equal(first.code, 1);
  const second = await repair(dead);
  assert.doesNotMatch(second.stderr, /never answered/);
  const text = (await clusters()).stdout;
  assert.match(text, new RegExp(`^Models that never answered\\n {2}${dead?.replace("/v1", "").replaceAll(".", "\\.")} {2}3 faults in 1 run\\n.* does not accept the key`));
  assert.doesNotMatch(text, /By file/, "two failures of a file are no cluster");
  assert.match((await clusters("--threshold", "2")).stdout, /By file\n {2}src\/[abc]\.ts {2}2 failures in 2 runs\n {6}\d+-\w+ {2}TS2322 in src.*\n {6}\d+-\w+ {2}src\/[abc]\.ts: compatible/);
  assert.match(text, /By reason\n(?:.*\n)* {2}tsc\/new-finding {2}\d+ failures in 1 run\n.*tsc finds something new in src/);
  assert.doesNotMatch(text.split("By file")[0] ?? "", new RegExp(`${alive?.replace("/v1", "")} `), "who answered is alive, whatever came of it");

  const told = events(await clusters("--last", "1", "--json"));
  assert.partialDeepStrictEqual(told.find(({ type }) => type === "dead-model"), { model: dead?.replace("/v1", ""), times: 3, runs: 1, last: { code: "model-unauthorized" } });
  const byReason = told.filter(({ type, by }) => type === "cluster" && by === "reason");
  assert.deepEqual(byReason.map(({ what, times, runs }) => [String(what).replace(/^.*\//, ""), times, runs]), [["model-unauthorized", 3, 1]]);
  assert.match((await clusters("--threshold", "50")).stdout, /^Nothing failed 50 times or more in 2 runs\.\n$/);

  const asked = refusing.requests.length;
  const third = await repair(dead);
  assert.equal(third.stderr.match(/never answered here in the last runs \(3 faults in 1 run, last: unauthorized\)/g)?.length, 1, third.stderr);
  assert.ok(third.stderr.indexOf("never answered") < third.stderr.indexOf("is left out of the rest"), "before it is asked");
  assert.ok(refusing.requests.length > asked, "it is asked all the same: a key may have been mended");
});
