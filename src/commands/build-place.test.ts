/** Which branch a spec goes on with, on a real repository. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { emptySpecState, type SpecPart } from "../ledger/spec-state.ts";
import { findRepository } from "../system/repository.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { placeOf, rowOf, type PartPlace, type Placing } from "./build-place.ts";

async function scene() {
  const folder = temporaryRepository({ "a.txt": "a\n" });
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8", stdio: "pipe" }).trim();
  const commit = (parent: string): string => git("commit-tree", "-p", parent, "-m", "x", `${parent}^{tree}`);
  const start = git("rev-parse", "HEAD");
  const part = (ref: string, base: string, tip: string): SpecPart => ({ ref: `refs/heads/stet/${ref}`, base, tip, run: "1" });
  const place = (parts: readonly SpecPart[], more: Partial<Placing> = {}): Promise<PartPlace> =>
    placeOf({ git: repository.git, state: { ...emptySpecState("PLAN.md"), parts: [...parts] }, slug: "plan", start, remote: [], isFull: false, resumes: true, ...more });
  return { git, commit, start, part, place, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("a free name, whatever stands in its way here or on the remote", async () => {
  using at = await scene();
  const ref = async (remote: readonly string[] = []): Promise<string> => (await at.place([], { remote })).ref;
  assert.equal(await ref(), "refs/heads/stet/plan");
  assert.equal(await ref(["stet/PLAN", "stet/plan-2/below"]), "refs/heads/stet/plan-3");
  at.git("update-ref", "refs/remotes/origin/stet/plan", at.start);
  assert.equal(await ref(), "refs/heads/stet/plan-2");
});

test("it goes on where the branch stands, stacks a full part, and begins anew once it is merged", async () => {
  using at = await scene();
  const one = at.commit(at.start);
  at.git("update-ref", "refs/heads/stet/plan", one);
  const parts = [at.part("plan", at.start, one)];
  assert.partialDeepStrictEqual(await at.place(parts), { ref: "refs/heads/stet/plan", tip: one, base: at.start, rowBase: at.start, number: 1 });
  const stacked = await at.place(parts, { isFull: true });
  assert.partialDeepStrictEqual(stacked, { ref: "refs/heads/stet/plan-part-2", tip: null, base: one, rowBase: at.start, number: 2, below: { tip: one } });
  assert.partialDeepStrictEqual(await at.place(parts, { start: one }), { ref: "refs/heads/stet/plan-2", tip: null, base: one, number: 1 });
  assert.partialDeepStrictEqual(await at.place(parts, { resumes: false }), { ref: "refs/heads/stet/plan-2", base: at.start });
});

test("a branch that a person moved or has checked out is left alone", async () => {
  using at = await scene();
  const one = at.commit(at.start);
  const parts = [at.part("plan", at.start, one)];
  at.git("update-ref", "refs/heads/stet/plan", at.commit(one));
  await assert.rejects(at.place(parts), { code: "branch-moved", exitCode: 77 });
  at.git("update-ref", "refs/heads/stet/plan", one);
  at.git("checkout", "--quiet", "stet/plan");
  await assert.rejects(at.place(parts), { code: "branch-checked-out", exitCode: 77 });
});

test("a row is the parts that stand on one another", () => {
  const part = (ref: string, base: string, tip: string): SpecPart => ({ ref, base, tip, run: "1" });
  assert.deepEqual(rowOf([part("old", "x", "y"), part("a", "0", "1"), part("b", "1", "2")]).map(({ ref }) => ref), ["a", "b"]);
  assert.deepEqual(rowOf([]), []);
});
