import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, conflict } from "../domain/edit.ts";
import type { FileMode } from "../domain/proposal.ts";
import { compose } from "../system/compose.ts";
import type { Git } from "../system/git.ts";
import { findRepository } from "../system/repository.ts";
import { writeTree, type FileChange } from "../system/tree.ts";
import { useOwnCache } from "../../test/support/cache.ts";
import { propose } from "../../test/support/gates.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { difference, type FileDifference } from "./difference.ts";

useOwnCache();

interface Place extends Disposable {
  readonly root: string;
  readonly git: Git;
  readonly base: string;
  /** What stands in the folder now, as a tree. */
  tree(): string;
}

async function place(files: Record<string, string>): Promise<Place> {
  const folder = temporaryRepository(files);
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  const run = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8", stdio: "pipe" }).trim();
  const tree = (): string => (run("-c", "core.autocrlf=false", "add", "--all"), run("write-tree"));
  return { root: folder.root, git: repository.git, base: tree(), tree, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** Lines that a patch, or a reader of lines, could take for something else. */
const TRICKY = ["@@ -1 +1 @@", "+++ b", "--- a", "\\ No newline at end of file", "x\r@@ -1,2 +3,4 @@ y", "x\u2028@@ -9 +9 @@", "\ufeff", "é😀", "diff --git a b", ""];
const content = fc.oneof(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("a", "b", "c", "d"), fc.constantFrom(...TRICKY));
const ending = fc.oneof(fc.constant("\n"), fc.constant("\n"), fc.constantFrom("\r\n", "\r", ""));
const text = fc.array(fc.tuple(content, ending).map((parts) => parts.join("")), { maxLength: 30 }).map((lines) => lines.join(""));
const mode = fc.constantFrom<FileMode>("100644", "100755");
/** Most lines kept, some dropped, some added: as a tool leaves a file. */
const touched = fc.tuple(text, fc.array(fc.tuple(fc.nat(30), fc.nat(2), text), { maxLength: 4 })).map(([before, changes]) => {
  const lines = before.split(/(?<=\n)/);
  for (const [at, count, instead] of changes) lines.splice(Math.min(at, lines.length), count, instead.slice(0, 8));
  return { before, after: lines.join("") };
});

interface Version {
  readonly text: string | null;
  readonly mode: FileMode;
}
const version = (of: fc.Arbitrary<string>): fc.Arbitrary<Version> =>
  fc.record({ text: fc.option(of, { freq: 6 }), mode });
const file = fc.oneof(
  fc.tuple(version(text), version(text)),
  fc.tuple(touched, mode, mode).map(([{ before, after }, one, other]): [Version, Version] => [{ text: before, mode: one }, { text: after, mode: other }]),
);

test("the edits of a difference, put on its base, give exactly its tree", async () => {
  using where = await place({ "kept.txt": "kept\n" });
  const { git, base } = where;
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 5, maxLength: 12 }), async (files) => {
      const side = (which: 0 | 1): FileChange[] =>
        files.map((versions, index) => ({ path: `folder ${index % 3}/${index}.ts`, content: versions[which].text, mode: versions[which].mode }));
      const [before, after] = [await writeTree(git, base, side(0)), await writeTree(git, base, side(1))];
      const changes = await difference(git, before, after);
      assert.deepEqual(changes.filter(({ obstacle }) => obstacle !== undefined), []);
      const whole = propose(changes.flatMap(({ edits }) => edits));
      assert.equal(await compose(git, before, [whole]), after);
      const hunks = changes.flatMap(({ edits }) => edits.map((edit) => propose([edit])));
      assert.equal(await compose(git, before, hunks), after, "also hunk by hunk");
      assert.equal(hunks.some((one, index) => hunks.slice(index + 1).some((other) => conflict(one.edits, other.edits))), false);
    }),
    { numRuns: 12 },
  );
});

const LINES = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);
const edited = (changes: Readonly<Record<number, string>>): string => LINES.map((line, index) => changes[index] ?? line).join("");

async function changeOf(before: string, after: string): Promise<FileDifference | undefined> {
  using where = await place({ "a.txt": before });
  writeFileSync(join(where.root, "a.txt"), after);
  return (await difference(where.git, where.base, where.tree()))[0];
}

test("changes far apart are hunks of their own, near ones are one", async () => {
  const hunks = async (changes: Readonly<Record<number, string>>): Promise<number> => (await changeOf(LINES.join(""), edited(changes)))?.edits.length ?? 0;
  assert.equal(await hunks({ 3: "x\n", 20: "y\n" }), 2);
  assert.equal(await hunks({ 3: "x\n", 8: "y\n" }), 2);
  assert.equal(await hunks({ 3: "x\n", 7: "y\n" }), 1);
});

test("an edit holds the changed lines and nothing beside them", async () => {
  const change = await changeOf("a\r\nb\r\nc", "a\r\nB\r\nc");
  assert.deepEqual(change?.edits, [{ file: "a.txt", start: 3, before: "b\r\n", after: "B\r\n" }]);
  const end = await changeOf("a\nb", "a\nb\n");
  assert.deepEqual(applyEdits("a\nb", end?.edits ?? []), { ok: true, text: "a\nb\n" });
});

test("what looks like the head of a hunk inside a line is a line's own text", async () => {
  for (const end of ["\r", "\u2028", "\u0085", "\v"]) {
    const [before, after] = [edited({}), edited({ 2: `a${end}@@ -20,5 +1,9 @@\n`, 25: "@@ -1 +1 @@\n" })];
    const change = await changeOf(before, after);
    assert.deepEqual(applyEdits(before, change?.edits ?? []), { ok: true, text: after });
    assert.equal(change?.edits.length, 2);
  }
});

test("what is no text is named with its obstacle and never made into an edit", async () => {
  using where = await place({ "a.txt": "a\n", "b.txt": "b\n", "c.txt": "c\n", "d.txt": "d\n", "z.txt": "z\n" });
  const at = (path: string): string => join(where.root, path);
  writeFileSync(at("a.txt"), Buffer.from([0x61, 0xe9, 0x0a]));
  writeFileSync(at("b.txt"), "b\0");
  rmSync(at("c.txt"));
  symlinkSync("/etc/passwd", at("c.txt"));
  symlinkSync("a.txt", at("new-link"));
  mkdirSync(at("module"));
  execFileSync("git", ["init", "--quiet", at("module")]);
  execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@x.invalid", "commit", "--quiet", "--allow-empty", "-m", "x"], { cwd: at("module") });
  const found = await difference(where.git, where.base, where.tree());
  assert.deepEqual(
    found.map(({ file: path, edits, obstacle }) => [path, edits.length, obstacle]),
    [["a.txt", 0, "binary"], ["b.txt", 0, "binary"], ["c.txt", 0, "symlink"], ["module", 0, "submodule"], ["new-link", 0, "symlink"]],
  );
});

test("modes, new names, deletions and odd paths are told as they are", async () => {
  using where = await place({ "run.sh": "x\n", "old name.txt": "moved\n", "both.sh": "a\n", "é\t\"q\".txt": "q\n", ":(top)a": "p\n" });
  const at = (path: string): string => join(where.root, path);
  chmodSync(at("run.sh"), 0o755);
  chmodSync(at("both.sh"), 0o755);
  writeFileSync(at("both.sh"), "b\n");
  renameSync(at("old name.txt"), at("new name.txt"));
  writeFileSync(at("é\t\"q\".txt"), "Q\n");
  writeFileSync(at(":(top)a"), "P\n");
  const tree = where.tree();
  const found = await difference(where.git, where.base, tree);
  const told = new Map(found.map(({ file: path, edits }) => [path, edits]));
  assert.deepEqual(told.get("run.sh"), [{ file: "run.sh", start: 0, before: "", after: "", mode: "100755" }]);
  assert.deepEqual(told.get("both.sh"), [{ file: "both.sh", start: 0, before: "a\n", after: "b\n", mode: "100755" }]);
  assert.deepEqual(told.get("old name.txt"), [{ file: "old name.txt", start: 0, before: "moved\n", after: null }]);
  assert.deepEqual(told.get("new name.txt"), [{ file: "new name.txt", start: 0, before: null, after: "moved\n", mode: "100644" }]);
  assert.equal(await compose(where.git, where.base, [propose(found.flatMap(({ edits }) => edits))]), tree);
});

test("two trees alike have no difference", async () => {
  using where = await place({ "a.txt": "a\n" });
  assert.deepEqual(await difference(where.git, where.base, where.base), []);
});
