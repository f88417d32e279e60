/** Others' findings through the library: reviewed, applied, held, accepted and rejected, with values in and out. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { accept, apply, EXIT, Problem, reject, review, writtenAs } from "../src/index.ts";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { openaiReply, ScriptedProvider } from "./support/provider.ts";

const FILES = {
  "stet.config.json": '{ "checks": [{ "name": "tests", "use": "node-test" }] }\n',
  "src/a.js": "export const one = true;\nexport const two = true;\n",
  "test/a.test.js": 'import { test } from "node:test";\ntest("is", () => undefined);\n',
};

const flip = (name: string, line: number): object => ({
  ...{ line, quote: `export const ${name} = true;`, rule: `flip-${name}`, message: `${name} is off by default.`, confidence: 85, rationale: "The plan says so." },
  edits: [{ old_string: `${name} = true`, new_string: `${name} = false` }],
});

test("what a model finds is held, and lands or not as a person says", async () => {
  using sandbox = new Sandbox(FILES, { dependencies: false });
  process.env["STET_CACHE_DIR"] = sandbox.cache;
  const before = fingerprint(sandbox.root);
  const cwd = sandbox.root;
  await using provider = await ScriptedProvider.start(() => openaiReply({ calls: [{ name: "report_review", input: { summary: "Two flags are on by default, which nobody asked for.", findings: [flip("one", 1), flip("two", 2)] } }] }));
  const reviewed = await review({ cwd, paths: ["src"], models: [`compatible:${provider.url}/v1#m`] });
  assert.deepEqual([reviewed.exitCode, reviewed.reviews.length, provider.requests.length], [EXIT.settled, 1, 1]);
  assert.match(writtenAs("sarif", reviewed), /"ruleId": "flip-one"/);

  const rows = join(sandbox.cache, "rows.jsonl");
  writeFileSync(rows, reviewed.rows);
  const held = await apply({ cwd, inputs: [rows], hold: true, models: false });
  assert.deepEqual([held.landed.length, held.held.length, held.exitCode], [0, 2, EXIT.remains]);
  assert.deepEqual(held.held[0]?.proposal.stated, { rationale: "The plan says so.", confidence: 85 });

  const accepted = await accept({ cwd, run: held.run, numbers: [1] });
  assert.ok("landed" in accepted);
  assert.deepEqual([accepted.exitCode, accepted.landed.length, accepted.of], [EXIT.settled, 1, held.run]);
  assert.match(sandbox.git("log", "-1", "--format=%B", sandbox.branch()), /^> The plan says so\.$/m);
  assert.deepEqual((await reject({ cwd, run: held.run, numbers: [2] })).rejected.map(({ number }) => number), [2]);
  await assert.rejects(accept({ cwd, run: held.run, numbers: [2] }), (error) => error instanceof Problem && error.exitCode === EXIT.refused);
  assert.equal("landed" in (await accept({ cwd, run: held.run, numbers: [1] })), false, "what has landed is not tried again");
  assert.equal(sandbox.show("src/a.js"), FILES["src/a.js"].replace("one = true", "one = false"));
  assert.equal(fingerprint(sandbox.root), before);
  await assert.rejects(review({ cwd, models: false }), (error) => error instanceof Problem && error.code === "no-reviewer");
});
