import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compose } from "../system/compose.ts";
import { snapshot } from "../../test/support/container.ts";
import { edit, propose } from "../../test/support/gates.ts";
import { ground, groundAt } from "../../test/support/kit.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";

const CHANGE = [propose([edit("a.txt", 0, "a", "A")])];

/** Tries a change in the shadow of the repository at `root`, and gives what then stands in the worktree's `a.txt`. */
async function tried(root: string, cache: string): Promise<string> {
  const place = await groundAt(root, cache);
  const tree = await compose(place.shadow.git, place.tree, CHANGE);
  const workspace = await place.worktree.open(tree);
  const inside = (...args: readonly string[]): string => execFileSync("git", args, { cwd: workspace.root, encoding: "utf8", stdio: "pipe" }).trim();
  assert.equal(inside("rev-parse", "HEAD"), place.commit);
  assert.equal(inside("show", "HEAD:a.txt"), "a");
  assert.match(inside("log", "--format=%s"), /^base(?:\nolder)?$/);
  return readFileSync(join(workspace.root, "a.txt"), "utf8");
}

test("a trial changes nothing in the user's repository, no object and no time", async () => {
  using place = await ground({ "a.txt": "a\n" });
  const before = snapshot(place.root);
  assert.equal(await tried(place.root, place.cache), "A\n");
  assert.deepEqual(snapshot(place.root), before);
  assert.throws(() => place.git("cat-file", "-e", execFileSync("git", ["hash-object", "--stdin"], { input: "A\n", encoding: "utf8" }).trim()));
});

test("a repository of SHA-256, a linked worktree and one that borrows its objects serve as well", async () => {
  using place = await ground({ "a.txt": "a\n" });
  place.git("commit", "--quiet", "--amend", "--message=older");
  place.git("commit", "--quiet", "--allow-empty", "--message=base");
  using folder = temporaryFolder();
  const at = (name: string): string => join(folder.root, name);
  place.git("worktree", "add", "--quiet", "--detach", at("linked tree"));
  place.git("clone", "--quiet", "--shared", place.root, at("borrowing"));
  place.git("clone", "--quiet", "--shared", at("borrowing"), at("borrowing twice"));
  place.git("clone", "--quiet", "--depth=1", `file://${place.root}`, at("shallow"));
  place.git("clone", "--quiet", "--sparse", place.root, at("sparse"));
  for (const name of ["linked tree", "borrowing", "borrowing twice", "shallow", "sparse"]) {
    assert.equal(await tried(at(name), place.cache), "A\n", name);
  }
  const run = (...args: readonly string[]): unknown => execFileSync("git", ["-C", at("sha256"), "-c", "user.name=x", "-c", "user.email=x@x.invalid", ...args]);
  execFileSync("git", ["init", "--quiet", "--object-format=sha256", at("sha256")]);
  writeFileSync(at("sha256/a.txt"), "a\n");
  run("add", "--all");
  run("commit", "--quiet", "--message=base");
  assert.equal(await tried(at("sha256"), place.cache), "A\n");
});

test("a linked worktree shares the shadow of its repository", async () => {
  using place = await ground({ "a.txt": "a\n" });
  using folder = temporaryFolder();
  place.git("worktree", "add", "--quiet", "--detach", join(folder.root, "linked"));
  const linked = await groundAt(join(folder.root, "linked"), place.cache);
  assert.equal(linked.shadow.folder, place.shadow.folder);
  assert.equal(linked.repository.stateDir, place.repository.stateDir);
});

test("every folder that the objects may be in is known, for a sandbox shows nothing else", async () => {
  using place = await ground({ "a.txt": "a\n" });
  using folder = temporaryFolder();
  const clone = join(folder.root, "clone");
  place.git("clone", "--quiet", "--shared", place.root, clone);
  const { shadow } = await groundAt(clone, place.cache);
  assert.ok(shadow.objectFolders.includes(join(clone, ".git/objects")), shadow.objectFolders.join());
  assert.ok(shadow.objectFolders.includes(join(place.repository.commonDir, "objects")), shadow.objectFolders.join());
});

test("a cache that was deleted, or left half made, is made again", async () => {
  using place = await ground({ "a.txt": "a\n" });
  const { rmSync } = await import("node:fs");
  for (const path of ["", "shadow.git/info", "shadow.git/objects/info", "worktrees/0/tree"]) {
    rmSync(join(place.shadow.folder, path), { recursive: true });
    assert.equal(await tried(place.root, place.cache), "A\n", path);
  }
});

test("objects that come into the user's repository later are seen", async () => {
  using place = await ground({ "a.txt": "a\n" });
  writeFileSync(join(place.root, "a.txt"), "later\n");
  place.git("commit", "--quiet", "--all", "--message=later");
  place.git("gc", "--quiet", "--prune=now");
  const { worktree } = await groundAt(place.root, place.cache);
  const workspace = await worktree.open(place.git("rev-parse", "HEAD^{tree}"));
  assert.equal(await workspace.readText("a.txt"), "later\n");
});
