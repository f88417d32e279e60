/**
 * One run per repository, from wherever it is started; whoever comes second is told who holds it and does not wait; and
 * the lock of a killed run is nobody's.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ended, Sandbox, type Run } from "./support/cli.ts";
import { temporaryFolder } from "./support/workspace.ts";

const CONFIG = JSON.stringify({ checks: [{ name: "there", run: ["test", "-e", "a.txt"] }] });
const START_LIMIT_MS = 120_000;
/** Promise 8, for what comes after the program has started. */
const LIMIT_MS = 2_000;
const CHANGE = ["try", "--sandbox", "none", "--", "sh", "-c", "echo two > a.txt"];

const outside = temporaryFolder();
const repository = new Sandbox({ "stet.config.json": CONFIG, "a.txt": "one\n", "folder/b.txt": "b\n" }, { dependencies: false });
const holder = start();

/** A run that holds the lock until its tool is ended. */
function start(): { child: ReturnType<Sandbox["start"]>; end: Promise<Run>; isWorking(): boolean } {
  const mark = join(outside.root, "working");
  const child = repository.start(["try", "--sandbox", "none", "--", "sh", "-c", 'touch "$0"; sleep 600', mark]);
  return { child, end: ended(child), isWorking: () => existsSync(mark) };
}

before(async () => {
  const deadline = performance.now() + START_LIMIT_MS;
  while (!holder.isWorking()) {
    assert.ok(performance.now() < deadline && holder.child.exitCode === null, "the holder does not work");
    await wait(20);
  }
  symlinkSync(repository.root, join(outside.root, "link"));
  repository.git("worktree", "add", "--quiet", join(outside.root, "linked"), "-b", "other");
  mkdirSync(join(outside.root, "elsewhere"));
});

after(async () => {
  holder.child.kill("SIGKILL");
  await holder.end;
  repository[Symbol.dispose]();
  outside[Symbol.dispose]();
});

const PLACES: readonly { from: string; cwd: () => string; args?: () => string[] }[] = [
  { from: "the repository", cwd: () => repository.root },
  { from: "a symlink to it", cwd: () => join(outside.root, "link") },
  { from: "a subfolder behind the symlink", cwd: () => join(outside.root, "link/folder") },
  { from: "a subfolder", cwd: () => join(repository.root, "folder") },
  { from: "a linked worktree", cwd: () => join(outside.root, "linked") },
  { from: "elsewhere with --cwd", cwd: () => join(outside.root, "elsewhere"), args: () => ["--cwd", join(repository.root, "folder")] },
];

test("a second run ends with 75 at once and names the holder, from wherever it is started", async () => {
  for (const { from, cwd, args = () => [] } of PLACES) {
    const began = performance.now();
    const [command = "", ...rest] = CHANGE;
    // What starting the same program from its sources costs here: where there is no repository it ends before the lock.
    assert.equal((await repository.stet(CHANGE, { cwd: tmpdir() })).code, 66);
    const startMs = performance.now() - began;
    const second = await repository.stet([command, ...args(), ...rest], { cwd: cwd() });
    const tookMs = performance.now() - began - startMs;
    assert.equal(second.code, 75, `${from}: ${second.stderr}`);
    assert.match(second.stderr, new RegExp(`^stet: .*\\b${holder.child.pid}\\b.*\\n$`), from);
    assert.ok(tookMs <= LIMIT_MS + startMs, `${from}: took ${Math.round(tookMs)} ms, of which to start ${Math.round(startMs)} ms`);
  }
  const undo = await repository.stet(["undo", "1"]);
  assert.equal(undo.code, 75);
  assert.equal(holder.child.exitCode, null, "the holder was not disturbed");
});

test("what only reads works meanwhile", async () => {
  const id = String(repository.ledger()[0]?.["run"]);
  for (const args of [["runs"], ["report"], ["report", id, "--md"]]) {
    const run = await repository.stet(args);
    assert.equal(run.code, 0, run.stderr);
    assert.ok(run.stdout.includes(id), args.join(" "));
  }
});

test("the lock of a killed run is free at once, and from a linked worktree too", async () => {
  holder.child.kill("SIGKILL");
  await holder.end;
  const next = await repository.stet(CHANGE, { cwd: join(outside.root, "linked") });
  assert.equal(next.code, 0, next.stderr);
  assert.equal(repository.show("a.txt"), "two\n");
});
