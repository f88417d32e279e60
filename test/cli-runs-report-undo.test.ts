/** What the ledger tells of runs, finished or not, and taking back what one of them landed. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, Sandbox, type Run } from "./support/cli.ts";
import { assertTold, events, GREEN } from "./support/told.ts";

const FILES = { "stet.config.json": GREEN, "a.txt": "1\n", "b.txt": "1\n", "c.txt": "1\n" };
const write = (...files: string[]): string[] => ["--", "sh", "-c", files.map((file) => `echo 2 > ${file}`).join("; ")];

/** The ids of all runs, oldest first. */
async function ids(sandbox: Sandbox): Promise<string[]> {
  return events(await sandbox.stet(["runs", "--json"])).map(({ run }) => String(run));
}

test("runs and report tell what was decided, as text, JSON and Markdown", async () => {
  using sandbox = new Sandbox(FILES);
  assert.equal((await sandbox.stet(["runs"])).stdout, "No runs yet: stet repair makes one.\n");
  await sandbox.stet(["try", ...write("a.txt")]);
  await sandbox.stet(["try", "--dry-run", ...write("b.txt")]);
  const [first = "", second = ""] = await ids(sandbox);
  const list = await sandbox.stet(["runs"]);
  assert.match(list.stdout, new RegExp(`^${first} .* try +finished +1 landed +stet/try-${first}\n${second} .* try +finished +1 would land\n$`));

  const last = await sandbox.stet(["report"]);
  assert.match(last.stdout, new RegExp(`^Run ${second}: stet try --dry-run, finished, exit code 0\n`));
  const [whole] = events(await sandbox.stet(["report", first, "--json"]));
  assert.partialDeepStrictEqual(whole, { type: "run", run: first, status: "finished", exitCode: 0, tip: sandbox.git("rev-parse", sandbox.branch()) });
  const page = await sandbox.stet(["report", first, "--md"]);
  assert.match(page.stdout, new RegExp(`^# stet try: run \`${first}\`\n`));

  const common = first.slice(0, Array.from(first).findIndex((letter, index) => letter !== second[index]));
  assert.match((await sandbox.stet(["report", first.slice(0, common.length + 1)])).stdout, new RegExp(`^Run ${first}:`));
  const both = await sandbox.stet(["report", common]);
  assertTold(both, 64, new RegExp(`Several runs begin with "${common}": ${first} and ${second}\\.`));
});

test("undo takes back what a run landed, once, and nothing that anybody else did", async () => {
  using sandbox = new Sandbox(FILES);
  await sandbox.stet(["try", ...write("a.txt")]);
  await sandbox.stet(["try", "--dry-run", ...write("b.txt")]);
  const [first = "", dry = ""] = await ids(sandbox);
  assertTold(await sandbox.stet(["undo", dry]), 66, new RegExp(`Run ${dry} has nothing to undo`));

  const [branch = "", tip = ""] = [...sandbox.branches()][0] ?? [];
  const mine = sandbox.git("commit-tree", "-p", tip, "-m", "mine", `${tip}^{tree}`);
  sandbox.git("update-ref", branch, mine);
  assertTold(await sandbox.stet(["undo", first]), 77, /no longer stands where the run left it .* somebody's work may be on it/);
  assert.equal(sandbox.branches().get(branch), mine);

  sandbox.git("update-ref", branch, tip);
  const undone = await sandbox.stet(["undo", first]);
  assert.equal(undone.code, 0, undone.stderr);
  assert.equal(undone.stdout, `Took back run ${first}: stet/try-${first} is gone.\n`);
  assert.equal(sandbox.branches().size, 0);
  assertTold(await sandbox.stet(["undo", first]), 66, /has nothing to undo: it landed nothing, or was undone already/);
  assert.match((await sandbox.stet(["runs"])).stdout, new RegExp(`^${first} .* undone `));
});

test("a run that is still at work is shown as it stands, and cannot be undone meanwhile", async () => {
  using sandbox = new Sandbox(FILES);
  const child = sandbox.start(["try", "--", "sleep", "120"]);
  const end = ended(child);
  const ledger = join(sandbox.root, ".stet/ledger.jsonl");
  for (let tries = 0; tries < 2_400 && !existsSync(ledger); tries++) await sleep(50);
  const [run = ""] = await ids(sandbox);
  assert.match((await sandbox.stet(["runs"])).stdout, new RegExp(`^${run} .* open +0 landed\n$`));
  assert.match((await sandbox.stet(["report", run])).stdout, new RegExp(`^Run ${run}: stet try, not ended yet\nStarted `));
  assert.partialDeepStrictEqual(events(await sandbox.stet(["report", "--json"]))[0], { status: "open", exitCode: null, endedAt: null });
  assertTold(await sandbox.stet(["undo", run]), 75, new RegExp(`Another run holds this repository \\(process ${child.pid ?? 0}\\)`));
  child.kill("SIGTERM");
  assert.equal((await end).code, 143);
  assert.match((await sandbox.stet(["report"])).stdout, /interrupted, exit code 143\n[^]*The run was interrupted; what had landed stays\./);
});

test("--deadline ends a run early: 1, said in words and in the ledger", async () => {
  using sandbox = new Sandbox(FILES);
  const ledger = join(sandbox.root, ".stet/ledger.jsonl");
  let run: Run | undefined;
  // On a busy machine a time may be up before the run is on record.
  for (const deadline of ["3s", "15s", "60s"]) {
    if (!existsSync(ledger)) run = await sandbox.stet(["try", "--quiet", "--deadline", deadline, "--", "sleep", "120"]);
  }
  assert.ok(run);
  assertTold(run, 1, /^stet: The run's time was up; what had landed stays, and the same command goes on from there\.$/);
  assert.match((await sandbox.stet(["report"])).stdout, /interrupted, exit code 1\n[^]*The run's time was up/);
});

test("--max-files bounds a run, and what is beyond is listed: 1", async () => {
  using sandbox = new Sandbox(FILES);
  const run = await sandbox.stet(["try", "--max-files", "1", ...write("a.txt", "b.txt", "c.txt")]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(sandbox.git("diff", "--name-only", "main", sandbox.branch()), "a.txt");
  assert.match(run.stdout, /Not tried: the run touches 1 file at most \(--max-files\)\./);
});

test("a tool that cannot be started, or does not end, makes no change: 78", async () => {
  using sandbox = new Sandbox(FILES);
  assertTold(await sandbox.stet(["try", "--quiet", "--", "no-such-tool", "x"]), 78, /no-such-tool x cannot be started, so there is no change to try/);
  assertTold(await sandbox.stet(["try", "--quiet", "--timeout", "1", "--", "sleep", "60"]), 78, /sleep 60 ran out of time/);
  assertTold(await sandbox.stet(["try", "--quiet", "--", "sh", "-c", "kill -9 $$"]), 78, /was ended by a signal/);
  assert.match((await sandbox.stet(["report"])).stdout, /was ended by a signal, so there is no change to try\./, "the ledger says why");
  assert.equal(sandbox.branches().size, 0);
});
