/**
 * A repository whose configuration would run programs, in every place where git lets it, and an environment that points
 * git elsewhere: stet's own calls of git run none of them and go nowhere else.
 */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { temporaryFolder } from "./support/workspace.ts";

const CONFIG = JSON.stringify({ checks: [{ name: "words", run: ["sh", "-c", "! grep -qs bad *.txt"] }] });
const FILES = { "stet.config.json": CONFIG, "a.txt": "one\n", "b.txt": "one\n", ".gitattributes": "* filter=trap diff=trap merge=trap\n" };
const CHANGE = ["try", "--", "sh", "-c", "echo two > a.txt; echo bad > b.txt"];
const HOOKS = ["pre-commit", "post-commit", "commit-msg", "post-checkout", "post-index-change", "reference-transaction", "post-rewrite", "pre-auto-gc", "fsmonitor-watchman"];

/** Every setting that names a program, with the program. */
function traps(program: string, hooks: string): Record<string, string> {
  return {
    "core.hooksPath": hooks,
    "core.fsmonitor": program,
    "core.pager": program,
    "core.editor": program,
    "core.sshCommand": program,
    "core.askPass": program,
    "core.alternateRefsCommand": program,
    "sequence.editor": program,
    "credential.helper": program,
    "diff.external": program,
    "diff.trap.command": program,
    "diff.trap.textconv": program,
    "merge.trap.driver": program,
    "filter.trap.clean": program,
    "filter.trap.smudge": program,
    "filter.trap.process": program,
    "filter.trap.required": "true",
    "gpg.program": program,
    "commit.gpgSign": "true",
    "tag.gpgSign": "true",
    "user.signingKey": "trap",
    "pager.log": program,
    "uploadpack.packObjectsHook": program,
    "gc.auto": "1",
    "maintenance.auto": "true",
  };
}

/** `sprung()` tells which trap has been stepped into. */
function trapped(): Disposable & { readonly repository: Sandbox; sprung(): boolean } {
  const outside = temporaryFolder();
  const repository = new Sandbox(FILES, { dependencies: false });
  const [program, marker, hooks] = [join(outside.root, "trap"), join(outside.root, "sprung"), join(outside.root, "hooks")];
  mkdirSync(hooks);
  const places = [program, ...HOOKS.flatMap((name) => [join(hooks, name), join(repository.root, ".git/hooks", name)])];
  for (const place of places) {
    writeFileSync(place, `#!/bin/sh\necho "$0 $*" >> '${marker}'\ncat\n`);
    chmodSync(place, 0o755);
  }
  for (const [name, value] of Object.entries(traps(program, hooks))) repository.git("config", name, value);
  // Files whose times have moved: git would ask the filters about them.
  for (const name of ["a.txt", "b.txt"]) utimesSync(join(repository.root, name), 1_000_000_000, 1_000_000_000);
  const dispose = (): void => {
    repository[Symbol.dispose]();
    outside[Symbol.dispose]();
  };
  return { repository, sprung: () => existsSync(marker), [Symbol.dispose]: dispose };
}

test("the traps work: git itself steps into them", () => {
  using trap = trapped();
  assert.throws(() => trap.repository.git("status"));
  assert.ok(trap.sprung());
});

test("no program that a repository's configuration names is run", async () => {
  using trap = trapped();
  const before = fingerprint(trap.repository.root);
  const change = await trap.repository.stet(CHANGE);
  assert.equal(change.code, 1, change.stderr);
  for (const args of [["repair"], [...CHANGE.slice(0, 1), "--dry-run", ...CHANGE.slice(1)], ["runs"], ["report"], ["doctor"]]) {
    const run = await trap.repository.stet(args);
    assert.ok(run.code === 0 || run.code === 1, `${args.join(" ")}: ${run.stderr}`);
  }
  assert.ok(!trap.sprung());
  assert.equal(fingerprint(trap.repository.root), before);
  const [branch = ""] = trap.repository.branches().keys();
  // The test's own git must not step into them either.
  const plain = (...args: string[]): string => trap.repository.git("-c", "core.fsmonitor=", "-c", "core.pager=cat", ...args);
  assert.equal(plain("cat-file", "blob", `${branch}:a.txt`), "two");
  assert.equal(plain("cat-file", "commit", branch).includes("gpgsig"), false);
  const undo = await trap.repository.stet(["undo", String(trap.repository.ledger()[0]?.["run"])]);
  assert.equal(undo.code, 0, undo.stderr);
  assert.ok(!trap.sprung());
});

test("what the environment says to git is not heard", async () => {
  using repository = new Sandbox(FILES, { dependencies: false });
  using elsewhere = new Sandbox({ "a.txt": "elsewhere\n" }, { dependencies: false });
  using outside = temporaryFolder();
  const marker = join(outside.root, "sprung");
  const before = [fingerprint(repository.root), fingerprint(elsewhere.root)];
  const objects = elsewhere.git("count-objects", "-v");
  const env = {
    GIT_DIR: join(elsewhere.root, ".git"),
    GIT_WORK_TREE: elsewhere.root,
    GIT_COMMON_DIR: "/nonsense",
    GIT_INDEX_FILE: "/nonsense/index",
    GIT_OBJECT_DIRECTORY: join(elsewhere.root, ".git/objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: "/nonsense",
    GIT_NAMESPACE: "nonsense",
    GIT_CEILING_DIRECTORIES: repository.root,
    GIT_CONFIG_GLOBAL: "/nonsense/config",
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: "core.fsmonitor",
    GIT_CONFIG_VALUE_0: `touch ${marker}; false`,
    GIT_CONFIG_KEY_1: "core.bare",
    GIT_CONFIG_VALUE_1: "true",
    GIT_CONFIG_PARAMETERS: "'core.worktree'='/nonsense'",
    GIT_EXTERNAL_DIFF: `touch ${marker}; false`,
    GIT_EXEC_PATH: "/nonsense",
    GIT_AUTHOR_NAME: "Nonsense",
    GIT_COMMITTER_EMAIL: "nonsense@example.invalid",
    GIT_LITERAL_PATHSPECS: "0",
    GIT_GLOB_PATHSPECS: "1",
    GIT_TRACE: join(outside.root, "trace"),
  };
  const run = await repository.stet(CHANGE, { env });
  assert.equal(run.code, 1, run.stderr);
  assert.equal(repository.show("a.txt"), "two\n");
  assert.equal(repository.git("log", "-1", "--format=%an %ce", repository.branch()), "Ada Tester ada@example.invalid");
  assert.deepEqual([fingerprint(repository.root), fingerprint(elsewhere.root)], before);
  assert.equal(elsewhere.git("count-objects", "-v"), objects);
  assert.deepEqual([existsSync(marker), existsSync(join(outside.root, "trace"))], [false, false]);
});
