/** Promise 3: a human's commit on a stet branch, or a human's checkout of it, means hands off. And what `stet undo` may do. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { temporaryFolder } from "./support/workspace.ts";

const CONFIG = JSON.stringify({ checks: [{ name: "words", run: ["sh", "-c", "! grep -qs bad *.txt"] }] });

/** A repository with one landed run, and a tool that changes one more line each time it finds something to change. */
async function landed(): Promise<Sandbox & { again(): ReturnType<Sandbox["stet"]>; run(index: number): string }> {
  const repository = new Sandbox({ "stet.config.json": CONFIG, "a.txt": "one\n" }, { dependencies: false });
  const args = ["try", "--sandbox", "none", "--", "sh", "-c", "test $(wc -l < a.txt) -ge 3 || echo more >> a.txt"];
  const again = (): ReturnType<Sandbox["stet"]> => repository.stet(args);
  const run = (index: number): string => String(repository.ledger().filter(({ kind }) => kind === "run").at(index)?.["run"]);
  const first = await again();
  assert.equal(first.code, 0, first.stderr);
  return Object.assign(repository, { again, run });
}

/** A commit of a human's on top of `branch`. */
function commitOn(repository: Sandbox, branch: string): string {
  const commit = repository.git("commit-tree", `${branch}^{tree}`, "-p", branch, "-m", "by hand");
  repository.git("update-ref", branch, commit);
  return commit;
}

test("a branch that a human has gone on with is left alone, and a new one is begun", async () => {
  using repository = await landed();
  const branch = repository.branch();
  const human = commitOn(repository, branch);
  const next = await repository.again();
  assert.equal(next.code, 0, next.stderr);
  const branches = repository.branches();
  assert.equal(branches.get(branch), human);
  assert.equal(branches.size, 2);
  const undo = await repository.stet(["undo", repository.run(0)]);
  assert.equal(undo.code, 77, undo.stderr);
  assert.equal(repository.branches().get(branch), human);
});

test("a branch that was moved back or removed is not moved on", async () => {
  using repository = await landed();
  const branch = repository.branch();
  repository.git("update-ref", branch, "main");
  assert.equal((await repository.again()).code, 0);
  assert.equal(repository.branches().get(branch), repository.git("rev-parse", "main"));
  for (const [ref] of repository.branches()) repository.git("update-ref", "-d", ref);
  assert.equal((await repository.stet(["undo", repository.run(0)])).code, 77);
  assert.equal(repository.branches().size, 0);
  assert.equal((await repository.again()).code, 0);
  assert.equal(repository.branches().size, 1);
});

test("a branch that is checked out, here or in a linked worktree, is left alone", async () => {
  using outside = temporaryFolder();
  for (const linked of [false, true]) {
    using repository = await landed();
    const branch = repository.branch();
    const name = branch.replace("refs/heads/", "");
    if (linked) repository.git("worktree", "add", "--quiet", join(outside.root, "linked"), name);
    else repository.git("checkout", "--quiet", name);
    const tip = repository.branches().get(branch);
    const before = fingerprint(repository.root);
    const undo = await repository.stet(["undo", repository.run(0)]);
    assert.equal(undo.code, 77, undo.stderr);
    assert.match(undo.stderr, /checked out/);
    const next = await repository.again();
    assert.equal(next.code, 0, next.stderr);
    assert.equal(repository.branches().get(branch), tip);
    assert.equal(fingerprint(repository.root), before);
  }
});

test("undo removes what a run made, and the next run lands it again", async () => {
  using repository = await landed();
  const before = fingerprint(repository.root);
  const branch = repository.branch();
  const undo = await repository.stet(["undo", repository.run(0)]);
  assert.equal(undo.code, 0, undo.stderr);
  assert.equal(repository.branches().size, 0);
  assert.equal(fingerprint(repository.root), before);
  assert.equal((await repository.stet(["undo", repository.run(0)])).code, 66, "there is nothing left to undo");
  assert.equal((await repository.again()).code, 0);
  assert.notEqual(repository.branch(), branch);
  assert.equal(repository.show("a.txt"), "one\nmore\n");
});

test("undo of a run that went on with another's branch gives it back as it was", async () => {
  using repository = await landed();
  const [branch, tip] = [repository.branch(), repository.git("rev-parse", repository.branch())];
  assert.equal((await repository.again()).code, 0);
  assert.equal(repository.show("a.txt"), "one\nmore\nmore\n");
  assert.equal((await repository.stet(["undo", repository.run(0)])).code, 77, "a later run stands on the first");
  const undo = await repository.stet(["undo", repository.run(1)]);
  assert.equal(undo.code, 0, undo.stderr);
  assert.deepEqual([...repository.branches()], [[branch, tip]]);
  assert.equal((await repository.again()).code, 0);
  assert.equal(repository.show("a.txt", branch), "one\nmore\nmore\n", "it lands again, on the same branch");
  assert.equal((await repository.again()).code, 0);
  assert.equal(repository.git("rev-list", "--count", `main..${branch}`), "2", "and not once more");
});
