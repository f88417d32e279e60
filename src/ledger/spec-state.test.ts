/** The ledger is the truth: what a kill, an undo or a torn file did to the record is put right from it. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Entry } from "../domain/entry.ts";
import { finding } from "../domain/finding.ts";
import { proposal } from "../domain/proposal.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { foldRuns } from "./fold.ts";
import { emptySpecState, foldSpec, readSpecState, writeSpecState } from "./spec-state.ts";

const FILE = "PLAN.md";

/** A run that lands one chunk on a branch. */
function run(id: string, chunk: string, { ref = "refs/heads/stet/plan", base = "b0", from = null as string | null, file = FILE } = {}): Entry[] {
  const found = finding({ by: "spec", rule: chunk, category: "other", message: `do ${chunk}`, at: { file, line: 1, column: 1 } });
  const made = proposal({ by: "build", rung: 2, base: "t", title: chunk, safety: "unsafe", findings: [found], edits: [{ file: `${chunk}.txt`, start: 0, before: null, after: "x" }] });
  const common = { at: `2026-01-0${id}T00:00:00.000Z`, run: id };
  const commits = [{ proposal: made.id, commit: `c-${chunk}`, title: chunk }];
  return [
    { ...common, kind: "run", command: "build", work: "w", base, branch: ref, dryRun: false, containment: "none", unenforced: [] },
    { ...common, kind: "verdict", verdict: "same", proposal: made, reasons: [], evidence: [], dryRun: false },
    { ...common, kind: "intent", ref, from, to: `c-${chunk}`, commits },
    { ...common, kind: "landed", ref, from, to: `c-${chunk}`, commits, recovered: false, hooks: "not run" },
  ];
}

async function fold(state: ReturnType<typeof emptySpecState>, entries: readonly Entry[]): Promise<ReturnType<typeof foldSpec>> {
  async function* all(): AsyncGenerator<Entry> {
    yield* await Promise.resolve(entries);
  }
  return foldSpec(state, await foldRuns(all()));
}

test("runs that went on with a branch are one part, and a stacked branch is another", async () => {
  const entries = [...run("1", "a"), ...run("2", "b", { from: "c-a" }), ...run("3", "c", { ref: "refs/heads/stet/plan-part-2", base: "c-b" })];
  const { parts, chunks } = await fold(emptySpecState(FILE), entries);
  assert.deepEqual(parts.map(({ ref, base, tip }) => [ref, base, tip]), [["refs/heads/stet/plan", "b0", "c-b"], ["refs/heads/stet/plan-part-2", "c-b", "c-c"]]);
  assert.deepEqual(Object.keys(chunks), ["a", "b", "c"]);
});

test("an undone run, another spec's and one from before the record was forgotten do not count", async () => {
  const undone: Entry = { at: "2026-01-09T00:00:00.000Z", run: "2", kind: "undone", ref: "refs/heads/stet/plan", from: "c-b", to: "c-a" };
  const entries = [...run("1", "a"), ...run("2", "b", { from: "c-a" }), undone, ...run("3", "x", { file: "TODO.md", ref: "refs/heads/stet/todo" })];
  const { parts, chunks } = await fold(emptySpecState(FILE), entries);
  assert.deepEqual([Object.keys(chunks), parts.map(({ tip }) => tip)], [["a"], ["c-a"]]);
  assert.deepEqual((await fold(emptySpecState(FILE, "2026-01-05T00:00:00.000Z"), entries)).parts, []);
});

test("a pull request belongs to its branch, whichever run opened it; a lost ledger leaves what the file knows", async () => {
  const published: Entry = { at: "2026-01-09T00:00:00.000Z", run: "2", kind: "published", ref: "refs/heads/stet/plan", remote: "origin", commit: "c-b", url: "https://x/1", number: 1 };
  const state = await fold(emptySpecState(FILE), [...run("1", "a"), ...run("2", "b", { from: "c-a" }), published]);
  assert.equal(state.parts[0]?.url, "https://x/1");
  using folder = temporaryFolder();
  const path = join(folder.root, "specs/plan.json");
  await writeSpecState(path, state);
  const read = await readSpecState(path);
  assert.ok(read);
  assert.deepEqual(await fold(read, []), state);
  writeFileSync(path, '{ "version": 1, ');
  assert.equal(await readSpecState(path), undefined);
});
