/**
 * examples/notes from an empty repository to its last part: the built-in loop replayed from a tape, to a bare remote and a
 * scripted forge, killed with -9 three times on the way.
 */
import assert from "node:assert/strict";
import { execFileSync, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { canonical, type Tape } from "../src/llm/tape.ts";
import { scriptedBuilder } from "./support/builder.ts";
import { ended, Sandbox } from "./support/cli.ts";
import { ScriptedForge } from "./support/forge.ts";
import { NOTES } from "./support/notes.ts";
import { ScriptedProvider, taped, type Reply, type Received } from "./support/provider.ts";
import { packageRoot } from "./support/workspace.ts";

const example = (path: string): string => readFileSync(join(packageRoot, "examples/notes", path), "utf8");
const FILES = { "stet.config.json": example("stet.config.json"), "docs/specs/notes.md": example("docs/specs/notes.md") };
const CHUNKS = 5;

function empty(): Sandbox & { readonly remote: string } {
  const at = new Sandbox(FILES, { dependencies: false });
  const remote = join(at.cache, "remote.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  at.git("remote", "add", "origin", "https://github.com/owner/name.git");
  at.git("config", "remote.origin.pushurl", remote);
  return Object.assign(at, { remote });
}

const argv = (provider: ScriptedProvider, ...more: readonly string[]): string[] => ["build", "--model", `compatible:${provider.url}#m`, ...more];

/** Everything that is asked and said when nobody disturbs it. */
async function record(): Promise<Tape> {
  const { answer } = scriptedBuilder(NOTES);
  const said: Reply[] = [];
  await using provider = await ScriptedProvider.start((request) => (said[provider.requests.length - 1] = answer(request)));
  using at = empty();
  const run = await at.stet(argv(provider));
  assert.equal(run.code, 0, run.stdout + run.stderr);
  return taped(provider.requests, (_, index) => said[index] ?? {});
}

/** What was asked before may be asked again by a run whose answer was lost; anything else is not on the tape. */
function player({ rows }: Tape): (request: Received) => Reply {
  return ({ path, text }) => {
    const row = rows.find(({ request }) => request.path === path && canonical(request.body) === canonical(text));
    return row ? { status: row.response.status, headers: row.response.headers, body: row.response.body } : { status: 400, body: { error: { message: "not on the tape" } } };
  };
}

test("killed three times, each chunk lands once and each part has one pull request", async () => {
  const play = player(await record());
  await using forge = await ScriptedForge.start();
  using at = empty();
  let child: ChildProcess | undefined;
  let killAt = Infinity;
  let asked = 0;
  await using provider = await ScriptedProvider.start((request) => {
    if (++asked === killAt) child?.kill("SIGKILL");
    return play(request);
  });
  const env = { GITHUB_API_URL: forge.url, GITHUB_TOKEN: "t" };
  const start = (): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    child = at.start(argv(provider, "--pr"), { env });
    return ended(child);
  };
  for (const later of [3, 6]) {
    killAt = asked + later;
    assert.equal((await start()).code, null);
  }
  killAt = Infinity;
  // The third time the forge has opened the pull request, and nobody hears of it.
  const watch = setInterval(() => {
    if (forge.pulls.length > 0) child?.kill("SIGKILL");
  }, 1);
  const third = await start();
  clearInterval(watch);
  assert.equal(third.code, null, third.stderr);
  const last = await start();
  assert.equal(last.code, 0, last.stdout + last.stderr);

  const refs = ["stet/notes", "stet/notes-part-2"];
  assert.deepEqual([...at.branches().keys()].map((ref) => ref.slice("refs/heads/".length)), refs);
  const bodies = at.git("log", "--format=%B%x00", "main..stet/notes-part-2").split("\0");
  const chunks = bodies.flatMap((body) => /^Stet-Chunk: (.*)$/m.exec(body)?.[1] ?? []);
  assert.deepEqual([chunks.length, new Set(chunks).size], [CHUNKS, CHUNKS]);
  assert.doesNotMatch(at.show("docs/specs/notes.md", "stet/notes-part-2"), /\[ \]/);
  const pulls = forge.pulls.toSorted((one, other) => one.number - other.number);
  assert.deepEqual(pulls.map(({ head, base, draft, state }) => [head, base, draft, state]), [[refs[0], "main", false, "open"], [refs[1], refs[0], false, "open"]]);
  const tips = (where: string): string => execFileSync("git", ["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/stet"], { cwd: where, encoding: "utf8" });
  assert.equal(tips(at.remote), tips(at.root));
  const numbers = refs.map((ref, index) => at.git("diff", "--numstat", index === 0 ? "main" : (refs[0] ?? ""), ref).split("\n"));
  for (const rows of numbers) assert.ok(rows.reduce((sum, row) => sum + Number(row.split("\t")[0]) + Number(row.split("\t")[1]), 0) <= 250);
  // Each commit's own check, run by hand on a checkout of it.
  const tree = join(at.cache, "by-hand");
  at.git("worktree", "add", "--quiet", "--detach", tree, "stet/notes-part-2");
  for (const commit of at.git("rev-list", "--reverse", "main..stet/notes-part-2").split("\n")) {
    execFileSync("git", ["checkout", "--quiet", commit], { cwd: tree });
    execFileSync(process.execPath, ["--test"], { cwd: tree, env: { PATH: process.env["PATH"] ?? "" }, stdio: "pipe" });
  }
});
