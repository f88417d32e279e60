import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import type { Reason } from "../domain/reason.ts";
import { findRepository } from "../system/repository.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { undo } from "./undo.ts";

const REF = "refs/heads/stet/one";

interface Landed extends Disposable {
  readonly base: string;
  /** The commit on top of `base` where the run left its branch. */
  readonly tip: string;
  git(...args: readonly string[]): string;
  /** Where the branch stands; empty where it is gone. */
  at(): string;
  undo(before: string | null): Promise<Reason | undefined>;
}

async function landed(): Promise<Landed> {
  const folder = temporaryRepository({ "a.txt": "a\n" });
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8", stdio: "pipe" }).trim();
  const base = git("rev-parse", "HEAD");
  const tip = git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "landed");
  git("update-ref", REF, tip);
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  return {
    base,
    tip,
    git,
    at: () => git("for-each-ref", "--format=%(objectname)", REF),
    undo: (before) => undo({ git: repository.git, ref: REF, tip, before }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("a branch that the run made is gone, one that it moved is where it was", async () => {
  using made = await landed();
  assert.equal(await made.undo(null), undefined);
  assert.equal(made.at(), "");
  using moved = await landed();
  assert.equal(await moved.undo(moved.base), undefined);
  assert.equal(moved.at(), moved.base);
  assert.equal(moved.git("rev-parse", "main"), moved.base);
});

test("a human's commit on top means hands off", async () => {
  using where = await landed();
  const human = where.git("commit-tree", "HEAD^{tree}", "-p", where.tip, "-m", "human");
  where.git("update-ref", REF, human);
  const why = await where.undo(null);
  assert.deepEqual([why?.code, why?.args["found"], why?.args["expected"]], ["branch-moved", human, where.tip]);
  assert.equal(where.at(), human);
});

test("a branch that is gone stays gone", async () => {
  using where = await landed();
  where.git("update-ref", "-d", REF);
  assert.equal((await where.undo(where.base))?.code, "branch-gone");
  assert.equal(where.at(), "");
});

test("a branch that somebody works on is left alone", async () => {
  using where = await landed();
  where.git("checkout", "--quiet", "stet/one");
  assert.equal((await where.undo(null))?.code, "branch-checked-out");
  assert.equal(where.at(), where.tip);
});

test("a link in the branch's place never moves what it leads to", async () => {
  using where = await landed();
  where.git("branch", "human", where.tip);
  where.git("symbolic-ref", REF, "refs/heads/human");
  await where.undo(where.base);
  assert.equal(where.git("rev-parse", "human"), where.tip);
});
