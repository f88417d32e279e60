/** `stet accept` and `stet reject`: what was held lands when a person says so, once, where it still fits, or never. */
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fingerprint, Sandbox, type Run } from "./support/cli.ts";

const FILES = {
  "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/a.js": "export const one = true;\nexport const two = true;\nexport const three = true;\nexport const four = true;\n",
  "test/a.test.js": 'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { four } from "../src/a.js";\ntest("is", () => assert.equal(four, true));\n',
};

const row = (stage: string | undefined, patches: readonly (readonly [string, string])[]): string =>
  `${JSON.stringify({
    ...{ schema_version: 2, file: "src/a.js", reviewed_at: "2026-11-01T00:00:00Z", confidence_avg: 95, confidence_min: 90, gradient_tier: "auto", stage },
    findings: patches.map(([old_string, new_string]) => ({ message: `change ${old_string}`, rule: `rule-${old_string}`, line: 1, confidence: 95, patches: [{ edits: [{ old_string, new_string }] }] })),
  })}\n`;

const flip = (name: string): readonly [string, string] => [`${name} = true`, `${name} = false`];

class Place extends Sandbox {
  readonly rows = join(this.cache, "rows.jsonl");

  constructor() {
    super(FILES, { dependencies: false });
  }

  apply(text: string, ...more: readonly string[]): Promise<Run> {
    writeFileSync(this.rows, text);
    return this.stet(["apply", this.rows, ...more]);
  }

  lines(kind: string): Record<string, unknown>[] {
    return this.ledger().filter((entry) => entry["kind"] === kind);
  }

  /** The last run with something held. */
  get held(): string {
    return String(this.lines("held").at(-1)?.["run"]);
  }

  /** Which names are true on the branch. */
  flags(): string {
    return [...this.show("src/a.js").matchAll(/const (\w+) = true/g)].map(([, name]) => name).join(" ");
  }
}

test("accepts by number, once; rejects for good; and an apply goes on from there", async () => {
  using place = new Place();
  const before = fingerprint(place.root);
  const held = await place.apply(row("dry_run", [flip("one"), flip("two"), flip("three")]));
  assert.match(held.stdout, /Held for a person: 3 proposals[\s\S]*stet accept/);
  const { held: run } = place;

  const accepted = await place.stet(["accept", run, "2"]);
  assert.equal(accepted.code, 0, accepted.stderr + accepted.stdout);
  assert.match(accepted.stdout, /Landed 1 commit on stet\/apply-/);
  assert.equal(place.flags(), "one three four");
  const tip = place.git("rev-parse", place.branch());
  assert.match(place.git("log", "-1", "--format=%B", place.branch()), /Unverified by a check of its own[\s\S]*Stet-Run: /);

  const again = await place.stet(["accept", run, "2"]);
  assert.deepEqual([again.code, place.git("rev-parse", place.branch())], [0, tip], again.stderr);
  assert.match(again.stdout, /2 has landed already, as /);
  assert.equal(place.lines("run").length, 2, "no run is made for what is done");

  const rejected = await place.stet(["reject", run, "1"]);
  assert.deepEqual([rejected.code, (await place.stet(["reject", run, "1"])).code], [0, 0], rejected.stderr);
  assert.deepEqual(place.lines("decided").map(({ decision, of }) => [decision, of]), [["accepted", run], ["rejected", run]]);
  const report = await place.stet(["report", run]);
  assert.match(report.stdout, /1 {2}Fix .*rejected\n {2}2 {2}Fix .*landed as [0-9a-f]{7}\n {2}3 {2}Fix /);

  // The rows again: what was accepted has landed, what was rejected is not tried, what waits is held anew.
  const more = await place.apply(row("dry_run", [flip("one"), flip("two"), flip("three")]));
  assert.match(more.stdout, /Held for a person: 1 proposal[\s\S]*A person has rejected this change already/);
  const all = await place.stet(["accept", place.held]);
  assert.equal(all.code, 0, all.stderr + all.stdout);
  assert.deepEqual([place.flags(), place.git("rev-list", "--count", `main..${place.branch()}`)], ["one four", "2"]);
  assert.equal(fingerprint(place.root), before);

  // Taking the last acceptance back makes it wait again.
  const last = String(place.lines("run").at(-1)?.["run"]);
  assert.equal((await place.stet(["undo", last])).code, 0);
  assert.deepEqual([(await place.stet(["accept", place.held])).code, place.flags()], [0, "one four"]);
});

test("what no longer fits, and what is red where it would stand, is told and does not land", async () => {
  using place = new Place();
  assert.equal((await place.apply(row("dry_run", [flip("one")]))).code, 1);
  const first = place.held;
  // What a scanner says in the same file lands over the place of what is held.
  const range = { start: { line: 1, column: 20 }, end: { line: 1, column: 24 } };
  const said = { message: "m", location: { path: "src/a.js", range }, suggestions: [{ range, text: "Boolean(1)" }] };
  assert.equal((await place.apply(`${JSON.stringify(said)}\n`)).code, 0);
  const late = await place.stet(["accept", first]);
  assert.deepEqual([late.code, place.lines("landed").length], [1, 1], late.stdout + late.stderr);
  assert.match(late.stdout, /What it changes in src\/a\.js has changed since it was held/);

  assert.equal((await place.apply(row("dry_run", [flip("three")]))).code, 1);
  const run = place.held;
  const tip = place.git("rev-parse", place.branch());
  // The ledger is a file: a change that was never tried is tried now.
  const entry = place.lines("held").find((one) => one["run"] === run) as { proposal: { edits: { before: string; after: string; start: number }[] } };
  const edits = [{ ...entry.proposal.edits[0], start: place.show("src/a.js").indexOf("four = true"), before: "four = true", after: "four = false" }];
  appendFileSync(join(place.root, ".stet/ledger.jsonl"), `\n${JSON.stringify({ ...entry, proposal: { ...entry.proposal, id: "made-up", edits } })}\n`);
  const red = await place.stet(["accept", run, String(place.lines("held").filter((one) => one["run"] === run).length)]);
  assert.deepEqual([red.code, place.git("rev-parse", place.branch())], [1, tip], red.stdout);
  assert.match(red.stdout, /worse {2}node-test finds something new/);
});

test("unknown runs and numbers, decided ones and moved branches are named", async () => {
  using place = new Place();
  await place.apply(row("dry_run", [flip("one"), flip("two")]), "--dry-run");
  const dry = await place.stet(["accept", place.held]);
  assert.deepEqual([dry.code, /was a dry run/.test(dry.stderr)], [66, true]);
  await place.apply(row("dry_run", [flip("one"), flip("two")]));
  const { held: run } = place;
  const told = async (pattern: RegExp, ...args: readonly string[]): Promise<number | null> => {
    const { code, stderr } = await place.stet(args);
    assert.match(stderr, pattern);
    return code;
  };
  assert.equal(await told(/There is no run "nope"/, "accept", "nope"), 66);
  assert.equal(await told(/holds no number 9; it holds 1 to 2/, "reject", run, "9"), 66);
  assert.equal(await told(/whole number above 0/, "accept", run, "x"), 64);
  await place.stet(["reject", run, "1"]);
  assert.equal(await told(/Number 1 of run \S+ was rejected already/, "accept", run, "1"), 77);
  assert.equal((await place.stet(["accept", run])).code, 0);
  assert.equal(await told(/Number 2 of run \S+ has landed already/, "reject", run, "2"), 77);
  assert.equal(await told(/Nothing of what run \S+ held waits any more/, "reject", run), 66);
  await place.apply(row("dry_run", [flip("three")]));
  place.git("update-ref", place.branch(), "main");
  assert.equal(await told(/somebody's work may be on it/, "accept", place.held), 77);
  assert.ok(readFileSync(join(place.root, ".stet/ledger.jsonl"), "utf8").includes('"decided"'));
});
