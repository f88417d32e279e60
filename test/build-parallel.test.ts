/** `stet build --parallel`: chunks in work at the same time, killed with -9 in the middle, each landed once. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { test } from "node:test";
import { scriptedBuilder, type Plan } from "./support/builder.ts";
import { ended, fingerprint, Sandbox, type Run } from "./support/cli.ts";
import { ScriptedProvider } from "./support/provider.ts";

/** Red where a file below `src` has the word BAD. */
const CONFIG = '{ "checks": [{ "name": "good", "run": ["sh", "-c", "! grep -rn BAD src"] }] }\n';
const SPEC = "# Sums\n\n- [ ] All of it\n  - [ ] One\n  - [ ] Two\n  - [ ] Three\n- [ ] Four\n";
const BESIDE = ["One", "Two", "Three"];
const PLAN: Plan = Object.fromEntries([...BESIDE, "Four"].map((title) => [title, { [`src/${title}.txt`]: `${title}\n` }]));

test("three chunks are asked about before the first is answered; after a kill each lands once, and nothing is asked twice", async () => {
  const builder = scriptedBuilder(PLAN);
  const together = Promise.withResolvers<undefined>();
  let child: ChildProcess | undefined;
  let isKilled = false;
  await using provider = await ScriptedProvider.start(async (request) => {
    const before = builder.asked.length;
    const reply = builder.answer(request);
    const [asked = ""] = builder.asked.slice(before);
    if (BESIDE.every((words) => builder.asked.includes(`task ${words}`))) together.resolve(undefined);
    if (BESIDE.some((words) => asked === `task ${words}`)) await together.promise;
    // It is begun when the first has landed, with the others still in work or waiting for their turn.
    if (asked === "task Four" && !isKilled) isKilled = child?.kill("SIGKILL") ?? false;
    return reply;
  });
  using at = new Sandbox({ "stet.config.json": CONFIG, "src/base.txt": "base\n", "PLAN.md": SPEC }, { dependencies: false });
  const before = fingerprint(at.root);
  const start = (): Promise<Run> => {
    child = at.start(["build", "--model", `compatible:${provider.url}#m`, "--parallel", "3"]);
    return ended(child);
  };
  const first = await start();
  assert.equal(first.code, null, first.stdout + first.stderr);
  const landed = at.git("log", "--format=%s", "main..stet/plan").split("\n");
  assert.deepEqual(landed, ["[plan] One"]);
  const asked = builder.asked.length;
  const second = await start();
  assert.equal(second.code, 0, second.stdout + second.stderr);
  assert.equal(fingerprint(at.root), before);
  assert.deepEqual(at.git("log", "--reverse", "--format=%s", "main..stet/plan").split("\n"), ["One", "Two", "Three", "Four"].map((title) => `[plan] ${title}`));
  assert.equal(at.show("PLAN.md"), SPEC.replaceAll("[ ]", "[x]"));
  // What was in work and answered is known from before.
  assert.ok(builder.asked.slice(asked).every((one) => !/One|task (?:Two|Three)/.test(one)), builder.asked.join());
  assert.match(second.stderr, /"Two" is worked out; now it is tried where it would land\./);
});
