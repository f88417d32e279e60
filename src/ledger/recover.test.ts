import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Entry } from "../domain/entry.ts";
import { systemClock } from "../system/clock.ts";
import { Git } from "../system/git.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { foldRuns } from "./fold.ts";
import { Ledger } from "./ledger.ts";
import { recover } from "./recover.ts";

const REF = "refs/heads/stet/one";

interface Died extends Disposable {
  readonly git: Git;
  readonly ledger: Ledger;
  /** The commit of `main`, and one on top of it that was about to land. */
  readonly base: string;
  readonly made: string;
  run(...args: readonly string[]): string;
  lines(): Promise<Entry[]>;
}

/** A run that was killed right after it wrote its intent, or before. */
function died(options: { intent: boolean }): Died {
  const folder = temporaryRepository({ "a.txt": "a\n" });
  const run = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8", stdio: "pipe" }).trim();
  const base = run("rev-parse", "HEAD");
  const made = run("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "made");
  const ledger = new Ledger(join(folder.root, ".stet/ledger.jsonl"), systemClock);
  ledger.append("1", { kind: "run", command: "repair", work: "w", base, branch: REF, dryRun: false, containment: "none", unenforced: [] });
  const commits = [{ proposal: "p", commit: made, title: "made" }];
  if (options.intent) ledger.append("1", { kind: "intent", ref: REF, from: null, to: made, commits });
  const lines = async (): Promise<Entry[]> => {
    const all: Entry[] = [];
    for await (const entry of ledger.read()) all.push(entry);
    return all;
  };
  const git = new Git({ gitDir: join(folder.root, ".git") });
  return { git, ledger, base, made, run, lines, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("an intent whose ref has moved has landed, and is marked as recovered", async () => {
  using place = died({ intent: true });
  place.run("update-ref", REF, place.made);
  const [state] = await recover(place.ledger, place.git);
  const landed = (await place.lines()).find((entry) => entry.kind === "landed");
  assert.partialDeepStrictEqual(landed, { recovered: true, from: null, to: place.made, hooks: "not run" });
  const ended = { status: "interrupted", reasons: [{ code: "killed" }] };
  assert.partialDeepStrictEqual(state, { tip: place.made, before: null, commits: [{ commit: place.made }], ended });
  assert.equal(state?.open, undefined);
});

test("an intent whose ref has not moved is given up", async () => {
  for (const ref of [undefined, "main"]) {
    using place = died({ intent: true });
    if (ref !== undefined) place.run("update-ref", REF, ref);
    const [state] = await recover(place.ledger, place.git);
    const entries = await place.lines();
    assert.deepEqual(entries.map(({ kind }) => kind), ["run", "intent", "abandoned", "ended"]);
    assert.deepEqual([state?.tip, state?.open, state?.commits.length], [undefined, undefined, 0]);
  }
});

test("with a human's commit on top it has landed all the same, and the ref stays", async () => {
  using place = died({ intent: true });
  const human = place.run("commit-tree", "HEAD^{tree}", "-p", place.made, "-m", "human");
  place.run("update-ref", REF, human);
  const [state] = await recover(place.ledger, place.git);
  assert.equal(state?.tip, place.made);
  assert.equal(place.run("rev-parse", REF), human);
});

test("a ref that went somewhere else is no landing", async () => {
  using place = died({ intent: true });
  const other = place.run("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "other");
  place.run("update-ref", REF, other);
  const [state] = await recover(place.ledger, place.git);
  assert.equal(state?.tip, undefined);
  assert.equal(place.run("rev-parse", REF), other);
});

test("a run that died before any intent is only closed", async () => {
  using place = died({ intent: false });
  await recover(place.ledger, place.git);
  assert.deepEqual((await place.lines()).map(({ kind }) => kind), ["run", "ended"]);
});

test("a commit that is gone from git has not landed", async () => {
  using place = died({ intent: false });
  const to = "1".repeat(40);
  place.ledger.append("1", { kind: "intent", ref: "refs/heads/main", from: null, to, commits: [] });
  const [state] = await recover(place.ledger, place.git);
  assert.equal(state?.tip, undefined);
});

test("recovery of a recovered ledger changes no byte of it", async () => {
  for (const moved of [true, false]) {
    using place = died({ intent: true });
    if (moved) place.run("update-ref", REF, place.made);
    assert.equal((await recover(place.ledger, place.git)).length, 1);
    const text = readFileSync(place.ledger.path, "utf8");
    assert.deepEqual(await recover(place.ledger, place.git), []);
    assert.equal(readFileSync(place.ledger.path, "utf8"), text);
  }
});

test("a recovery that was killed itself is finished by the next", async () => {
  using place = died({ intent: true });
  place.run("update-ref", REF, place.made);
  // The first recovery came as far as the landed line, and no further.
  const commits = [{ proposal: "p", commit: place.made, title: "made" }];
  place.ledger.append("1", { kind: "landed", ref: REF, from: null, to: place.made, commits, recovered: true, hooks: "not run" });
  await recover(place.ledger, place.git);
  const state = (await foldRuns(place.ledger.read())).get("1");
  assert.deepEqual([state?.commits.length, state?.ended?.status], [1, "interrupted"]);
});
