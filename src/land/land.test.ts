import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Proposal } from "../domain/proposal.ts";
import { compose } from "../system/compose.ts";
import { findRepository } from "../system/repository.ts";
import { useOwnCache } from "../../test/support/cache.ts";
import { edit, propose } from "../../test/support/gates.ts";
import { temporaryFolder, temporaryRepository } from "../../test/support/workspace.ts";
import { identity } from "./commits.ts";
import { land, type Landing, type LandingOptions } from "./land.ts";

useOwnCache();

const REF = "refs/heads/stet/one";
const WHO = { name: "Eve", email: "eve@example.invalid" };
const THREE = [
  propose([edit("a.txt", 0, "a", "A")], { title: "first" }),
  propose([edit("b.txt", 0, null, "new\r\n"), edit("c.txt", 0, "c\n", null)], { title: "second" }),
  propose([{ ...edit("a.txt", 2, "b", "$&"), mode: "100755" }], { title: "third" }),
];

interface Place extends Disposable {
  readonly root: string;
  readonly base: string;
  /** What the journal was told, each with where the ref stood at that moment. */
  readonly told: [kind: string, stood: string][];
  git(...args: readonly string[]): string;
  at(ref?: string): string;
  land(parts?: Partial<LandingOptions>, onIntent?: () => void): Promise<Landing>;
}

async function place(init: readonly string[] = []): Promise<Place> {
  const folder = init.length === 0 ? temporaryRepository({ "a.txt": "a\nb\n", "c.txt": "c\n" }) : temporaryFolder();
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8", stdio: "pipe" }).trim();
  if (init.length > 0) {
    git("init", "--quiet", "--initial-branch=main", ...init);
    for (const [path, text] of [["a.txt", "a\nb\n"], ["c.txt", "c\n"]] as const) writeFileSync(join(folder.root, path), text);
    git("add", "--all");
    git("-c", "user.name=x", "-c", "user.email=x@x.invalid", "commit", "--quiet", "--message=base");
  }
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  const base = git("rev-parse", "HEAD");
  const at = (ref = REF): string => git("for-each-ref", "--format=%(objectname)", ref);
  const told: [string, string][] = [];
  const landAt: Place["land"] = async (parts = {}, onIntent = () => undefined) => {
    const proposals = parts.proposals ?? THREE;
    const journal = {
      intent: () => {
        told.push(["intent", at()]);
        onIntent();
      },
      landed: () => void told.push(["landed", at()]),
      abandoned: () => void told.push(["abandoned", at()]),
    };
    const tree = parts.tree ?? (await compose(repository.git, git("rev-parse", "HEAD^{tree}"), proposals));
    const message = ({ title }: Proposal): string => `${title}\n\nbody\n`;
    return land({ git: repository.git, ref: REF, parent: base, from: null, proposals, tree, who: WHO, atMs: 1_700_000_000_999, message, journal, ...parts });
  };
  return { root: folder.root, base, told, git, at, land: landAt, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

for (const init of [[], ["--object-format=sha256"]]) {
  test(`one commit per proposal, in order, each the one before with its own edits ${init.join("")}`, async () => {
    using where = await place(init);
    const landing = await where.land();
    assert.ok(landing.ok);
    assert.deepEqual(landing.commits.map(({ title }) => title), ["first", "second", "third"]);
    assert.deepEqual(landing.commits.map(({ proposal }) => proposal), THREE.map(({ id }) => id));
    assert.equal(where.at(), landing.tip);
    const ids = where.git("rev-list", "--reverse", `${where.base}..${REF}`).split("\n");
    assert.deepEqual(ids, landing.commits.map(({ commit }) => commit));
    const changes = ids.map((id) => where.git("show", "--format=", "--raw", "--abbrev=1", "--no-renames", id).split("\n").map((line) => line.replace(/^:(\d+) (\d+) \S+ \S+ (.*)$/s, "$1 $2 $3")));
    assert.deepEqual(changes, [
      ["100644 100644 M\ta.txt"],
      ["000000 100644 A\tb.txt", "100644 000000 D\tc.txt"],
      ["100644 100755 M\ta.txt"],
    ]);
    const bytes = ids.map((id) => execFileSync("git", ["show", `${id}:a.txt`], { cwd: where.root, encoding: "latin1" }));
    assert.deepEqual(bytes, ["A\nb\n", "A\nb\n", "A\n$&\n"]);
    assert.equal(execFileSync("git", ["show", `${REF}:b.txt`], { cwd: where.root, encoding: "latin1" }), "new\r\n");
    assert.equal(where.git("fsck", "--strict"), "");
  });
}

test("author, committer, dates and message are the ones given, and no hook runs", async () => {
  using where = await place();
  mkdirSync(join(where.root, ".git/hooks"), { recursive: true });
  for (const hook of ["pre-commit", "commit-msg", "post-commit", "prepare-commit-msg", "reference-transaction", "post-index-change"]) {
    const path = join(where.root, ".git/hooks", hook);
    writeFileSync(path, `#!/bin/sh\ntouch "${where.root}/hook-ran"\nexit 1\n`);
    chmodSync(path, 0o755);
  }
  const landing = await where.land({ message: () => "# not a comment\n\n  kept  \n" });
  assert.ok(landing.ok);
  const format = "%an <%ae> %at %ai|%cn <%ce> %ct %ci|%B";
  const person = "Eve <eve@example.invalid> 1700000000 2023-11-14 22:13:20 +0000";
  assert.equal(where.git("log", "-1", `--format=${format}`, REF), `${person}|${person}|# not a comment\n\n  kept`);
  assert.equal(existsSync(join(where.root, "hook-ran")), false);
});

test("who commits is the user, or the bot where nobody is set or the name cannot be one", async () => {
  using where = await place();
  const repository = await findRepository(where.root);
  assert.ok(repository);
  const home = process.env["HOME"];
  using empty = temporaryFolder();
  process.env["HOME"] = empty.root;
  const bot = { name: "stet", email: "stet@stet.invalid" };
  try {
    assert.deepEqual(await identity(repository.git), { name: "Ada Tester", email: "ada@example.invalid" });
    for (const odd of ["", " ", "<>", ".,;"]) {
      where.git("config", "user.name", odd);
      assert.deepEqual(await identity(repository.git), bot, JSON.stringify(odd));
    }
    where.git("config", "--unset", "user.name");
    assert.deepEqual(await identity(repository.git), bot);
  } finally {
    process.env["HOME"] = home;
  }
});

test("the intent is written before the ref moves and the fact after it", async () => {
  using where = await place();
  const landing = await where.land();
  assert.ok(landing.ok);
  assert.deepEqual(where.told, [["intent", ""], ["landed", landing.tip]]);
});

test("a ref that somebody moves meanwhile is left where it is, and the intent is given up", async () => {
  using where = await place();
  const human = where.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "human");
  const landing = await where.land({}, () => where.git("update-ref", REF, human));
  assert.deepEqual([landing.ok, landing.ok || landing.reason.code], [false, "ref-moved"]);
  assert.equal(where.at(), human);
  assert.deepEqual(where.told.map(([kind]) => kind), ["intent", "abandoned"]);

  const onTop = await where.land({ from: where.base });
  assert.equal(onTop.ok, false);
  assert.equal(where.at(), human);
});

test("a ref that has to be there and is gone, or has no room, is not made", async () => {
  using where = await place();
  assert.equal((await where.land({ from: where.base })).ok, false);
  assert.equal(where.at(), "");
  where.git("update-ref", `${REF}/below`, "HEAD");
  assert.equal((await where.land()).ok, false);
  assert.equal(where.at(`${REF}/below`), where.base);
});

test("goes on from where the branch stands", async () => {
  using where = await place();
  const first = await where.land({ proposals: THREE.slice(0, 1) });
  assert.ok(first.ok);
  const next = [propose([edit("a.txt", 0, "A", "AA")])];
  const repository = await findRepository(where.root);
  assert.ok(repository);
  const tree = await compose(repository.git, where.git("rev-parse", `${REF}^{tree}`), next);
  const second = await where.land({ parent: first.tip, from: first.tip, proposals: next, tree });
  assert.ok(second.ok);
  assert.equal(where.git("rev-parse", `${REF}~1`), first.tip);
});

test("a ref outside of stet's own is never touched, also by a detour", async () => {
  using where = await place();
  for (const ref of ["refs/heads/main", "refs/heads/stet", "refs/tags/stet/x", "stet/one", "HEAD"]) {
    await assert.rejects(where.land({ ref, from: where.base }), /not a branch of stet's own/, ref);
  }
  for (const ref of ["refs/heads/stet/../main", "refs/heads/stet/", "refs/heads/stet/a..b"]) {
    assert.equal((await where.land({ ref, from: where.base })).ok, false, ref);
  }
  assert.deepEqual(where.git("for-each-ref", "--format=%(refname) %(objectname)"), `refs/heads/main ${where.base}`);
});

test("a branch of stet's that is a link to another never moves that other", async () => {
  using where = await place();
  where.git("symbolic-ref", REF, "refs/heads/main");
  await where.land({ from: where.base });
  assert.equal(where.at("refs/heads/main"), where.base);
});

test("a tree that was not tried does not land", async () => {
  using where = await place();
  await assert.rejects(where.land({ tree: where.git("rev-parse", "HEAD^{tree}") }), /not the tree that was tried/);
  assert.deepEqual([where.at(), where.told], ["", []]);
});

test("a branch that is checked out anywhere is left alone, before any intent", async () => {
  using where = await place();
  using other = temporaryFolder();
  where.git("branch", "stet/one");
  where.git("worktree", "add", "--quiet", join(other.root, "linked tree"), "stet/one");
  const linked = await where.land({ from: where.base });
  assert.equal(linked.ok || linked.reason.code, "branch-checked-out");
  assert.match(linked.ok ? "" : String(linked.reason.args["folder"]), /linked tree$/);
  where.git("worktree", "remove", join(other.root, "linked tree"));
  where.git("checkout", "--quiet", "stet/one");
  const own = await where.land({ from: where.base });
  assert.equal(own.ok || own.reason.code, "branch-checked-out");
  assert.deepEqual([where.at(), where.told], [where.base, []]);
});
