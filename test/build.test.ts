/** `stet build`: from a plan to commits and pull requests, by the built-in loop and a scripted model on loopback. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scriptedBuilder, type Plan } from "./support/builder.ts";
import { fingerprint, Sandbox, type Run } from "./support/cli.ts";
import { ScriptedForge } from "./support/forge.ts";
import { ScriptedProvider } from "./support/provider.ts";

/** Red where a file below `src` has the word BAD. */
const CONFIG = '{ "checks": [{ "name": "good", "run": ["sh", "-c", "! grep -rn BAD src"] }] }\n';
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join("");

interface Scene extends AsyncDisposable {
  readonly at: Sandbox;
  readonly builder: ReturnType<typeof scriptedBuilder>;
  build(...args: readonly string[]): Promise<Run>;
}

async function scene(files: Record<string, string>, plan: Plan, { env = {}, objections = {} }: { env?: Record<string, string>; objections?: Record<string, string> } = {}): Promise<Scene> {
  const builder = scriptedBuilder(plan, objections);
  const provider = await ScriptedProvider.start(builder.answer);
  const at = new Sandbox({ "stet.config.json": CONFIG, "src/base.txt": "base\n", ...files }, { dependencies: false });
  return {
    at,
    builder,
    build: (...args) => at.stet(["build", "--model", `compatible:${provider.url}#m`, ...args], { env }),
    [Symbol.asyncDispose]: async () => {
      at[Symbol.dispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

const subjects = ({ at }: Scene, ref: string): string[] => at.git("log", "--format=%s", `main..${ref}`).split("\n").reverse();

test("green chunks land with their box ticked, red ones are mended or leave nothing, and the same again does only what is left", async () => {
  const text = "# Sums\n\n- [ ] Add numbers\n- [ ] Double numbers\n- [ ] T1 Never works\n- [ ] T2 Wait for it (depends on T1)\n- [ ] Say nothing\n- [ ] Be reviewed\n";
  const plan: Plan = {
    "Add numbers": { "src/add.txt": "a + b\n" },
    "Double numbers": [{ "src/double.txt": "BAD\n" }, { "src/double.txt": "2 * a\n" }],
    "Never works": { "src/never.txt": "BAD\n" },
    "Say nothing": "nothing",
    "Be reviewed": [{ "src/reviewed.txt": "once\n" }, { "src/reviewed.txt": "twice\n" }],
  };
  await using where = await scene({ "PLAN.md": text }, plan, { objections: { "Be reviewed": "- src/reviewed.txt says it once only" } });
  const before = fingerprint(where.at.root);
  const first = await where.build();
  assert.equal(first.code, 1, first.stdout + first.stderr);
  assert.equal(fingerprint(where.at.root), before);
  assert.deepEqual(subjects(where, "stet/plan"), ["[plan] Add numbers", "[plan] Double numbers", "[plan] Be reviewed"]);
  assert.equal(where.at.show("PLAN.md"), text.replaceAll(/\[ \](?= (?:Add|Double|Be))/g, "[x]"));
  assert.equal(where.at.show("src/reviewed.txt"), "twice\n");
  assert.throws(() => where.at.show("src/never.txt"));
  assert.match(where.at.git("show", "--no-patch", "--format=%B", "stet/plan~1"), /^- good: 0 findings$[^]*Built by builtin after 1 fix/m);
  assert.match(first.stdout, /PLAN\.md: 3 chunks built, 2 failed, 1 to come/);
  assert.match(first.stdout, /good finds something new|is done, and has changed nothing/);
  const never = where.builder.asked.filter((one) => one.endsWith("Never works"));
  assert.deepEqual(never, ["task Never works", "fix Never works", "fix Never works"]);
  for (const tip of where.at.git("rev-list", "main..stet/plan").split("\n")) assert.doesNotMatch(where.at.git("grep", "-c", "", tip, "--", "src"), /BAD/);

  const asked = where.builder.asked.length;
  const again = await where.build("--json");
  assert.equal(again.code, 1, again.stderr);
  assert.equal(subjects(where, "stet/plan").length, 3);
  assert.ok(where.builder.asked.slice(asked).every((one) => !/Add|Double|reviewed/.test(one)), where.builder.asked.join());
  assert.ok(again.stdout.split("\n").filter((line) => line !== "").every((line) => (JSON.parse(line) as { type?: string }).type));
});

test("parts of 250 lines and 8 commits stand on one another, each with one pull request, however often it is run", async () => {
  await using forge = await ScriptedForge.start();
  const env = { GITHUB_API_URL: forge.url, GITHUB_TOKEN: "secret-token" };
  const plan: Plan = { One: { "src/one.txt": lines(100) }, Two: { "src/two.txt": lines(100) }, Three: { "src/three.txt": lines(100) }, Large: { "src/large.txt": lines(400) } };
  await using where = await scene({ "docs/specs/parts.md": "# Parts\n\n- [ ] One\n- [ ] Two\n- [ ] Three\n- [ ] Large\n" }, plan, { env });
  const remote = join(where.at.cache, "remote.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  where.at.git("remote", "add", "origin", "https://github.com/owner/name.git");
  where.at.git("config", "remote.origin.pushurl", remote);
  // A name that is taken, in another letter case, makes no trouble.
  where.at.git("branch", "stet/Parts");
  const first = await where.build("--pr");
  assert.equal(first.code, 0, first.stdout + first.stderr);
  const refs = ["stet/parts-2", "stet/parts-2-part-2", "stet/parts-2-part-3"];
  assert.deepEqual(refs.map((ref) => subjects(where, ref).length), [2, 3, 4]);
  const pulls = forge.pulls.toSorted((one, other) => one.number - other.number);
  assert.deepEqual(pulls.map(({ head, base, draft }) => [head, base, draft]), [[refs[0], "main", false], [refs[1], refs[0], false], [refs[2], refs[1], false]]);
  // Each was a draft until its part was through.
  const told = forge.requests.filter(({ method, path }) => method === "POST" && /\/(?:pulls|graphql)$/.test(path));
  assert.deepEqual(told.map(({ path, body }) => (path === "/graphql" ? "ready" : body["draft"])), [true, "ready", true, "ready", true, "ready"]);
  const [lowest, middle] = pulls.map(({ body }) => body);
  assert.match(lowest ?? "", /Goes on in http\S+\/pull\/2/);
  assert.match(middle ?? "", /Stands on http\S+\/pull\/1[^]*Goes on in http\S+\/pull\/3[^]*\*\*Three\*\*[^]*docs\/specs\/parts\.md:5[^]*waits for: n\/a[^]*coverage n\/a/);
  assert.match(first.stderr, /"Large" changes 40\d lines, more than the 250/);
  const tips = (at: string): string => execFileSync("git", ["for-each-ref", "--format=%(objectname)", "refs/heads/stet/parts-*"], { cwd: at, encoding: "utf8" });
  assert.equal(tips(remote), tips(where.at.root));
  assert.equal(where.builder.asked.filter((one) => one === "task Three").length, 1);

  const asked = where.builder.asked.length;
  const again = await where.build("--pr");
  assert.equal(again.code, 0, again.stdout + again.stderr);
  assert.deepEqual([forge.pulls.length, where.builder.asked.length], [3, asked]);
  assert.ok(!JSON.stringify(where.at.ledger()).includes("secret-token"));
});

test("a deleted branch is not built again without being asked; a person's commit on it means hands off", async () => {
  await using where = await scene({ "PLAN.md": "- [ ] One\n- [ ] Two\n" }, { One: { "src/one.txt": "1\n" }, Two: "gives up" });
  assert.equal((await where.build()).code, 1);
  const human = where.at.git("commit-tree", "-p", "stet/plan", "-m", "mine", "stet/plan^{tree}");
  const stood = where.at.git("rev-parse", "stet/plan");
  where.at.git("update-ref", "refs/heads/stet/plan", human);
  const moved = await where.build();
  assert.equal(moved.code, 77, moved.stderr);
  where.at.git("update-ref", "-d", "refs/heads/stet/plan");
  const gone = await where.build();
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, /"One" was built, and its branch \S+ is gone/);
  assert.deepEqual([...where.at.branches().keys()], []);
  const anew = await where.build("--no-resume");
  assert.equal(anew.code, 1);
  assert.deepEqual(subjects(where, "stet/plan"), ["[plan] One"]);
  assert.notEqual(where.at.git("rev-parse", "stet/plan"), stood);
  const record = JSON.parse(readFileSync(join(where.at.root, ".stet/specs/plan.json"), "utf8")) as { parts: unknown[] };
  assert.equal(record.parts.length, 1);
});

test("what cannot be built is told with its line, and nothing is written", async () => {
  await using where = await scene({ "PLAN.md": "- [ ] a [NEEDS CLARIFICATION: how?]\n", "docs/specs/ok.md": "- [ ] One\n", "docs/specs/draft.md": "---\nstatus: draft\n---\n- [ ] One\n" }, { One: { "src/one.txt": "1\n" } });
  const plan = await where.build("--plan");
  assert.deepEqual([plan.code, where.builder.asked.length, [...where.at.branches().keys()]], [65, 0, []]);
  assert.match(plan.stdout, /Not built: PLAN\.md\n {2}PLAN\.md:1 needs clarification: how\?/);
  assert.match(plan.stdout, /draft\.md is left alone: its front matter calls it "draft"/);
  const named = await where.build("nowhere.md");
  assert.equal(named.code, 66);
  assert.match(named.stderr, /There is no spec "nowhere\.md"/);
  const forever = await where.build("--dry-run", "docs/specs/ok.md", "--continuous", "--cycle-sleep-s", "1");
  assert.match(forever.stdout, /Cycle 1: 1 chunk built, 0 left\.$/m);
  const dry = await where.build("--dry-run", "docs/specs/ok.md");
  assert.equal(dry.code, 0, dry.stderr);
  assert.match(dry.stdout, /Would land[^]*One/);
  assert.deepEqual([...where.at.branches().keys()], []);
});
