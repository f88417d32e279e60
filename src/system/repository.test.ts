import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder, temporaryRepository } from "../../test/support/workspace.ts";
import { absenceOf, countUncommitted, findRepository, type Repository } from "./repository.ts";

const git = (cwd: string, ...args: readonly string[]): string => execFileSync("git", ["-c", "protocol.file.allow=always", ...args], { cwd, encoding: "utf8", stdio: "pipe" }).trim();

async function found(cwd: string): Promise<Repository> {
  const repository = await findRepository(cwd);
  assert.ok(repository, cwd);
  return repository;
}

test("a repository is the same from its root, a folder below, a symlink and a linked worktree", async () => {
  using folder = temporaryRepository({ "deep/er é/a.txt": "a\n" });
  using other = temporaryFolder();
  const root = realpathSync(folder.root);
  symlinkSync(root, join(other.root, "link"));
  git(root, "worktree", "add", "--quiet", "--detach", join(other.root, "linked tree"));
  const main = await found(root);
  assert.deepEqual([main.checkout, main.commonDir, main.stateDir, main.prefix], [root, join(root, ".git"), join(root, ".stet"), ""]);
  const below = await found(join(root, "deep/er é"));
  assert.deepEqual([below.checkout, below.stateDir, below.prefix], [root, main.stateDir, "deep/er é"]);
  const through = await found(join(other.root, "link/deep"));
  assert.deepEqual([through.checkout, through.stateDir, through.prefix], [root, main.stateDir, "deep"]);
  const linked = await found(join(other.root, "linked tree/deep"));
  const checkout = join(realpathSync(other.root), "linked tree");
  assert.deepEqual([linked.checkout, linked.commonDir, linked.stateDir, linked.prefix], [checkout, main.commonDir, main.stateDir, "deep"]);
  git(join(other.root, "linked tree"), "commit", "--quiet", "--allow-empty", "--message=other");
  assert.notEqual(await linked.git.text(["rev-parse", "HEAD"]), await main.git.text(["rev-parse", "HEAD"]));
});

test("state stands where no other repository's can be: for submodules, separate git folders and bare ones", async () => {
  using inner = temporaryRepository({ "a.txt": "a\n" });
  using outer = temporaryRepository({ "b.txt": "b\n" });
  using folder = temporaryFolder();
  for (const name of ["one", "two"]) git(outer.root, "submodule", "--quiet", "add", inner.root, name);
  git(folder.root, "init", "--quiet", `--separate-git-dir=${join(folder.root, "apart.git")}`, "checkout");
  git(folder.root, "clone", "--quiet", "--bare", inner.root, "bare");
  git(join(folder.root, "bare"), "worktree", "add", "--quiet", "--detach", join(folder.root, "of bare"));
  const places = [inner.root, outer.root, join(outer.root, "one"), join(outer.root, "two"), join(folder.root, "checkout"), join(folder.root, "of bare")];
  const repositories = await Promise.all(places.map(found));
  assert.equal(new Set(repositories.map(({ stateDir }) => stateDir)).size, places.length);
  for (const { stateDir, commonDir, checkout } of repositories) assert.ok([join(commonDir, ".stet"), join(checkout, ".stet")].includes(stateDir), stateDir);
});

test("where there is no checkout, it says which way", async () => {
  using folder = temporaryFolder({ "file": "" });
  git(folder.root, "init", "--quiet", "--bare", "bare");
  mkdirSync(join(folder.root, "none"));
  assert.equal(await findRepository(join(folder.root, "none")), undefined);
  assert.equal(await findRepository(join(folder.root, "bare")), undefined);
  assert.equal(await absenceOf(join(folder.root, "none")), "not-a-repository");
  assert.equal(await absenceOf(join(folder.root, "bare")), "no-checkout");
  assert.equal(await absenceOf(join(folder.root, "file")), "no-such-folder");
});

test("what is not committed is counted, each file once, and untracked or merely touched ones are not", async () => {
  const files = Object.fromEntries(["staged", "changed", "both", "deleted", "touched", "same"].map((name) => [`${name} é.txt`, `${name}\n`]));
  using folder = temporaryRepository(files);
  const at = (name: string): string => join(folder.root, `${name} é.txt`);
  const count = async (): Promise<number> => countUncommitted((await found(folder.root)).git, folder.root);
  assert.equal(await count(), 0);
  utimesSync(at("touched"), 1, 1);
  writeFileSync(at("untracked"), "x");
  assert.equal(await count(), 0);
  for (const name of ["staged", "changed", "both"]) writeFileSync(at(name), "other\n");
  git(folder.root, "add", at("staged"), at("both"));
  writeFileSync(at("both"), "another\n");
  rmSync(at("deleted"));
  const index = readFileSync(join(folder.root, ".git/index"));
  assert.equal(await count(), 4);
  assert.deepEqual(readFileSync(join(folder.root, ".git/index")), index, "the user's index is only read");
});

test("counting runs no filter, and no program of a submodule's", async () => {
  using inner = temporaryRepository({ "x.txt": "x\n" });
  using folder = temporaryRepository({ "a.txt": "aaaa\n", ".gitattributes": "*.txt filter=odd=name\n" });
  git(folder.root, "submodule", "--quiet", "add", inner.root, "module");
  git(folder.root, "commit", "--quiet", "--message=module");
  const mark = join(folder.root, ".git/mark");
  const program = join(folder.root, ".git/program");
  writeFileSync(program, `#!/bin/sh\ntouch "${mark}"\ncat\n`, { mode: 0o755 });
  for (const name of ["clean", "smudge", "process"]) git(folder.root, "config", `filter.odd=name.${name}`, program);
  git(folder.root, "config", "filter.odd=name.required", "true");
  git(join(folder.root, "module"), "config", "core.fsmonitor", program);
  writeFileSync(join(folder.root, "module/x.txt"), "y\n");
  // Of the same size and as new as the index: only its bytes can tell.
  writeFileSync(join(folder.root, "a.txt"), "bbbb\n");
  rmSync(mark, { force: true });
  assert.equal(await countUncommitted((await found(folder.root)).git, folder.root), 1);
  assert.equal(existsSync(mark), false);
});

test("files that a sparse checkout leaves out are not missed", async () => {
  using folder = temporaryRepository({ "a.txt": "a\n", "in/b.txt": "b\n", "out/c.txt": "c\n" });
  for (const args of [["set", "in"], ["set", "--sparse-index", "in"]]) {
    git(folder.root, "sparse-checkout", ...args);
    assert.equal(existsSync(join(folder.root, "out")), false);
    assert.equal(await countUncommitted((await found(folder.root)).git, folder.root), 0);
  }
});
