import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder, temporaryRepository } from "../../test/support/workspace.ts";
import { Git, gitEnvironment, GitFault } from "./git.ts";

/** Runs `work` with these variables set, and puts back what was there. */
async function withEnvironment(values: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = Object.keys(values).map((name): [string, string | undefined] => [name, process.env[name]]);
  Object.assign(process.env, values);
  try {
    await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

test("no variable of the caller's leads git elsewhere", async () => {
  using folder = temporaryRepository({ "a.txt": "a\n" });
  using other = temporaryRepository({ "b.txt": "b\n" });
  const elsewhere = join(other.root, ".git");
  const hostile = {
    GIT_DIR: elsewhere,
    GIT_WORK_TREE: other.root,
    GIT_INDEX_FILE: join(elsewhere, "index"),
    GIT_OBJECT_DIRECTORY: join(elsewhere, "objects"),
    GIT_NAMESPACE: "x",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.bare",
    GIT_CONFIG_VALUE_0: "true",
    GIT_EXTERNAL_DIFF: "false",
    GIT_TRACE: "1",
  };
  await withEnvironment(hostile, async () => {
    const git = new Git({ gitDir: join(folder.root, ".git"), workTree: folder.root });
    assert.equal(await git.text(["ls-files"]), ".gitignore\na.txt");
    assert.equal(await new Git().text(["rev-parse", "--show-toplevel"], { cwd: folder.root }), execFileSync("realpath", [folder.root], { encoding: "utf8" }).trim());
    assert.deepEqual(Object.keys(gitEnvironment()).filter((name) => name in hostile), []);
  });
});

test("a repository's own programs do not run: hooks, fsmonitor, external diff, text conversion", async () => {
  using folder = temporaryRepository({ "a.txt": "a\n", ".gitattributes": "*.txt diff=x\n" });
  const { root } = folder;
  const mark = join(root, "mark");
  const program = join(root, ".git/program");
  writeFileSync(program, `#!/bin/sh\ntouch "${mark}"\ncat\n`);
  chmodSync(program, 0o755);
  mkdirSync(join(root, ".git/hooks"), { recursive: true });
  for (const hook of ["reference-transaction", "post-index-change", "post-commit", "pre-auto-gc"]) {
    writeFileSync(join(root, ".git/hooks", hook), `#!/bin/sh\ntouch "${mark}"\n`, { mode: 0o755 });
  }
  const settings = ["core.fsmonitor", "diff.x.textconv", "diff.x.command", "diff.external", "core.editor", "core.pager", "core.sshCommand", "gpg.program"];
  for (const name of settings) execFileSync("git", ["config", name, program], { cwd: root });
  execFileSync("git", ["config", "commit.gpgSign", "true"], { cwd: root });
  writeFileSync(join(root, "a.txt"), "b\n");
  const git = new Git({ gitDir: join(root, ".git"), workTree: root });
  const [tree, head] = [await git.text(["rev-parse", "HEAD^{tree}"]), await git.text(["rev-parse", "HEAD"])];
  await git.text(["diff-files", "--name-only"]);
  const blob = await git.text(["hash-object", "--no-filters", "-w", "a.txt"]);
  await git.text(["diff", "--no-ext-diff", "--no-textconv", "HEAD:a.txt", blob]);
  await git.text(["diff-tree", "-r", "--raw", tree, tree]);
  const commit = await git.text(["-c", "user.name=x", "-c", "user.email=x@x.invalid", "commit-tree", tree, "-p", head, "-m", "x"]);
  await git.text(["update-ref", "refs/heads/other", commit]);
  assert.equal(existsSync(mark), false);
});

test("git's no is told apart from its answer, and from no git at all", async () => {
  using folder = temporaryRepository({ "a.txt": "a\n" });
  const git = new Git({ gitDir: join(folder.root, ".git") });
  assert.equal(await git.maybe(["rev-parse", "--verify", "--quiet", "none"]), undefined);
  assert.equal(await git.maybe(["config", "user.name"]), "Ada Tester");
  const fault = await git.text(["cat-file", "-p", "none"]).catch((error: unknown) => error);
  assert.ok(fault instanceof GitFault);
  assert.deepEqual([fault.code, fault.args[0]], [128, "cat-file"]);
  assert.match(fault.stderr, /none/);
  using empty = temporaryFolder();
  await withEnvironment({ PATH: empty.root }, async () => {
    const missing = await git.text(["version"]).catch((error: unknown) => error);
    assert.ok(missing instanceof GitFault);
    assert.equal(missing.code, 127);
  });
});

test("bytes, text and fields are as git prints them", async () => {
  using folder = temporaryRepository({ "a\nb.txt": "a\n\n", "é \"x\".txt": "" });
  const git = new Git({ gitDir: join(folder.root, ".git") });
  assert.deepEqual(await git.fields(["ls-tree", "-z", "--name-only", "HEAD"]), [".gitignore", "a\nb.txt", "é \"x\".txt"]);
  assert.deepEqual(await git.fields(["ls-tree", "-z", "HEAD", "--", "none"]), []);
  assert.equal(await git.text(["cat-file", "blob", "HEAD:a\nb.txt"]), "a\n");
  const large = Buffer.alloc(3_000_000, 0xe9);
  const id = await git.text(["hash-object", "-w", "--stdin"], { stdin: large });
  assert.deepEqual(await git.bytes(["cat-file", "blob", id]), large);
});

test("input that git does not read to its end is no fault of the caller's", async () => {
  using folder = temporaryRepository({ "a.txt": "a\n" });
  const git = new Git({ gitDir: join(folder.root, ".git") });
  assert.match(await git.text(["version"], { stdin: Buffer.alloc(3_000_000) }), /^git version/);
});
