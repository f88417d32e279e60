/** `--resume <run>`: goes on with the run that is named, wherever HEAD is by then, and repeats nothing that is settled. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ended, fingerprint, Sandbox, type Run } from "./support/cli.ts";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "./support/provider.ts";
import { assertTold, events } from "./support/told.ts";
import { WORDS_CHECK } from "./support/words-check.ts";

const FILES = {
  "stet.config.json": JSON.stringify({ checks: [WORDS_CHECK] }),
  "src/double.ts": "export function double(n: number): number {\n  return String(n * 2);\n}\n",
  "src/half.ts": "export function half(n: number): number {\n  return String(n / 2);\n}\n",
};

function patch(path: string, old_string: string, new_string: string): Reply {
  return openaiReply({ calls: [{ name: "patch_file", input: { path, edits: [{ old_string, new_string }] } }] });
}

/** Mends one file, and gives up on the other. */
const small: Script = ({ text }) =>
  text.includes("File: src/half.ts") ? patch("src/half.ts", "String(n / 2)", "n / 2") : openaiReply({ calls: [{ name: "give_up", input: { reason: "hard" } }] });

interface Scene extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly small: ScriptedProvider;
  readonly strong: ScriptedProvider;
  readonly models: readonly string[];
  readonly repair: (...args: readonly string[]) => Promise<Run>;
}

async function scene(strongly: Script): Promise<Scene> {
  const sandbox = new Sandbox(FILES, { dependencies: false });
  const [cheap, strong] = await Promise.all([ScriptedProvider.start(small), ScriptedProvider.start(strongly)]);
  const models = [cheap, strong].flatMap(({ url }, index) => ["--model", `compatible:${url}/v1#${index === 0 ? "small" : "strong"}`]);
  const dispose = async (): Promise<void> => {
    await Promise.all([cheap, strong].map((one) => one[Symbol.asyncDispose]()));
    sandbox[Symbol.dispose]();
  };
  return { sandbox, small: cheap, strong, models, repair: (...args) => sandbox.stet(["repair", ...args]), [Symbol.asyncDispose]: dispose };
}

/** A commit on main after the run: the same command again would be other work. */
function moveOn(sandbox: Sandbox): void {
  sandbox.git("commit", "--quiet", "--allow-empty", "-m", "meanwhile");
}

async function lastRun(sandbox: Sandbox): Promise<Record<string, unknown>> {
  return events(await sandbox.stet(["report", "--json"]))[0] ?? {};
}

test("a run that ran out of providers goes on where it was, and asks nobody what was answered", async () => {
  let isDown = true;
  await using stage = await scene(() => (isDown ? { status: 401, body: { error: { message: "no" } } } : patch("src/double.ts", "String(n * 2)", "n * 2")));
  const { sandbox, models, repair } = stage;
  const first = await repair(...models);
  assert.equal(first.code, 69, first.stderr);
  const { run, resume } = await lastRun(sandbox);
  assert.deepEqual(resume, ["stet", "repair", "--resume", run, ...models]);
  const words = models.map((word) => (word === "--model" ? word : `'${word}'`)).join(" ");
  assert.ok((await sandbox.stet(["runs"])).stdout.endsWith(`\nTo go on with the last one: stet repair --resume ${String(run)} ${words}\n`));

  const asked = stage.small.requests.length;
  isDown = false;
  moveOn(sandbox);
  const before = fingerprint(sandbox.root);
  const branch = sandbox.branch();
  const after = await repair("--resume", String(run).slice(0, -1), ...models);
  assert.equal(after.code, 0, after.stderr);
  assert.match(after.stderr, new RegExp(`Goes on with run ${String(run)}, which landed 1 commit`));
  assert.equal(sandbox.branch(), branch);
  assert.equal(stage.small.requests.length, asked);
  assert.equal(sandbox.git("rev-list", "--count", `main~1..${branch}`), "2");
  assert.equal(sandbox.git("merge-base", "main", branch), sandbox.git("rev-parse", "main~1"));
  assert.equal(fingerprint(sandbox.root), before);
  const second = await lastRun(sandbox);
  assert.partialDeepStrictEqual(second, { continues: run, resume: null, base: sandbox.git("rev-parse", "main~1") });

  const again = await repair("--resume", String(run), ...models);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /Nothing to repair/);
  assert.deepEqual([stage.small.requests.length, sandbox.git("rev-list", "--count", `main~1..${branch}`)], [asked, "2"]);
});

test("a run that was killed goes on, also with paths; its postmortem says how", async () => {
  await using stage = await scene(() => ({ hangs: true }));
  const { sandbox, models } = stage;
  const child = sandbox.start(["repair", "src", ...models]);
  const end = ended(child);
  for (let tries = 0; tries < 1_200 && stage.strong.requests.length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGKILL");
  await end;
  const run = String(sandbox.ledger()[0]?.["run"]);
  assert.match((await sandbox.stet(["runs"])).stdout, new RegExp(`To go on with the last one, if it is not at work any more: stet repair --resume ${run} --model`));
  moveOn(sandbox);
  const asked = stage.small.requests.length;
  const after = await stage.repair("--resume", run, ...models.slice(0, 2));
  assert.equal(after.code, 1, after.stderr);
  assert.equal(stage.small.requests.length, asked);
  assert.equal(sandbox.git("rev-list", "--count", `main~1..${sandbox.branch()}`), "1");
  assert.deepEqual(sandbox.ledger().filter(({ kind }) => kind === "run").map(({ asked: what }) => (what as { scope: unknown }).scope), [["src"], ["src"]]);
  const postmortem = join(sandbox.root, ".stet/runs", run, "postmortem.md");
  assert.ok(existsSync(postmortem));
  assert.match(readFileSync(postmortem, "utf8"), new RegExp(`Wherever HEAD is by then: \`stet repair --resume ${run} --model`));
});

test("what cannot be gone on with is told, and nothing moves", async () => {
  await using stage = await scene(() => openaiReply({ calls: [{ name: "give_up", input: { reason: "hard" } }] }));
  const { sandbox, models, repair } = stage;
  assertTold(await repair("--resume", "nothing", "--quiet"), 66, /There is no run "nothing"/);
  assert.equal((await repair("--allow-path", "docs/a b", ...models)).code, 1);
  const { run: first } = await lastRun(sandbox);
  const run = String(first);
  const [branch = "", tip = ""] = [...sandbox.branches()][0] ?? [];
  const resume = (...args: readonly string[]): Promise<Run> => repair("--quiet", "--resume", run, "--allow-path", "docs/a b", ...args);

  assertTold(await repair("--quiet", "--resume", run), 64, /was asked for other things; the same again is: stet repair --resume \S+ --allow-path 'docs\/a b' --model/);
  assertTold(await resume("src/half.ts"), 64, /was asked for other things/);
  assertTold(await resume("--fresh"), 64, /cannot be used with option/);
  const other = join(sandbox.cache, "other.json");
  writeFileSync(other, JSON.stringify({ checks: [{ ...WORDS_CHECK, name: "other" }] }));
  assertTold(await resume("--config", other), 64, /held against other checks/);

  const mine = sandbox.git("commit-tree", "-p", tip, "-m", "mine", `${tip}^{tree}`);
  sandbox.git("update-ref", branch, mine);
  assertTold(await resume(), 77, /no longer stands where the run left it .* somebody's work may be on it/);
  sandbox.git("update-ref", branch, tip);
  sandbox.git("worktree", "add", "--quiet", join(sandbox.cache, "elsewhere"), branch.replace("refs/heads/", ""));
  assertTold(await resume(), 77, /is checked out in/);
  sandbox.git("worktree", "remove", "--force", join(sandbox.cache, "elsewhere"));
  sandbox.git("update-ref", "-d", branch);
  assertTold(await resume(), 66, /the branch of run \S+, is gone/);
  sandbox.git("update-ref", branch, tip);
  assert.equal((await sandbox.stet(["undo", run])).code, 0);
  assertTold(await resume(), 66, /was undone, so there is nothing to go on with/);
  assert.equal(sandbox.branches().size, 0);

  await sandbox.stet(["try", "--", "true"]);
  const { run: tried } = await lastRun(sandbox);
  assertTold(await repair("--quiet", "--resume", String(tried)), 64, /is a stet try, which is not gone on with by name/);
});
