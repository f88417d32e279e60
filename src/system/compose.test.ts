import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import type { Proposal } from "../domain/proposal.ts";
import { useOwnCache } from "../../test/support/cache.ts";
import { edit, propose } from "../../test/support/gates.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { compose, composeSteps, MisfitFault } from "./compose.ts";
import { findRepository } from "./repository.ts";
import type { Git } from "./git.ts";
import { Writing } from "./writing.ts";

useOwnCache();

interface Place extends Disposable {
  readonly git: Git;
  readonly base: string;
  read(tree: string, path: string): string;
  paths(tree: string): string[];
}

async function place(files: Record<string, string>): Promise<Place> {
  const folder = temporaryRepository(files);
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  const run = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8" });
  return {
    git: repository.git,
    base: run("rev-parse", "HEAD^{tree}").trim(),
    read: (tree, path) => run("cat-file", "blob", `${tree}:${path}`),
    paths: (tree) => run("ls-tree", "-r", "--name-only", tree).trim().split("\n").filter((path) => path !== ".gitignore"),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("edits of several proposals on one file are made together, and every other unit is kept", async () => {
  using where = await place({ "a.txt": "\ufeffone\r\ntwo\nthree" });
  const proposals = [propose([edit("a.txt", 10, "three", "3\r\n")]), propose([edit("a.txt", 1, "one", "$`$&")])];
  assert.equal(where.read(await compose(where.git, where.base, proposals), "a.txt"), "\ufeff$`$&\r\ntwo\n3\r\n");
});

test("each step has the edits up to it, and the last is the whole, whatever lines have moved", async () => {
  using where = await place({ "a.txt": "a\nb\nc\n", "b.txt": "b\n" });
  const proposals = [
    propose([edit("a.txt", 4, "c", "CC\nCC")]),
    propose([edit("a.txt", 0, "a", "A\nA"), edit("b.txt", 0, "b\n", null)]),
    propose([edit("c.txt", 0, null, "new"), { ...edit("a.txt", 2, "b", "B"), mode: "100755" }]),
  ];
  const writing = new Writing(where.git, where.base.length);
  const steps = await composeSteps(where.git, writing, where.base, proposals);
  await writing.flush(steps.at(-1) ?? "");
  assert.deepEqual(steps.map((tree) => where.read(tree, "a.txt")), ["a\nb\nCC\nCC\n", "A\nA\nb\nCC\nCC\n", "A\nA\nB\nCC\nCC\n"]);
  assert.deepEqual(steps.map((tree) => where.paths(tree)), [["a.txt", "b.txt"], ["a.txt"], ["a.txt", "c.txt"]]);
  assert.equal(steps.at(-1), await compose(where.git, where.base, proposals));
  assert.equal(await compose(where.git, where.base, [...proposals].reverse()), steps.at(-1), "in any order");
});

test("nothing to put on a tree is the tree", async () => {
  using where = await place({ "a.txt": "a\n" });
  assert.equal(await compose(where.git, where.base, []), where.base);
  assert.deepEqual(await composeSteps(where.git, new Writing(where.git, where.base.length), where.base, []), []);
});

test("edits that do not fit are a fault that names the file", async () => {
  using where = await place({ "a.txt": "a\n", "folder/x.txt": "x\n", "folder/y.txt": "y\n" });
  const codeOf = async (...proposals: Proposal[]): Promise<string> => {
    try {
      return `made ${where.paths(await compose(where.git, where.base, proposals)).join()}`;
    } catch (error) {
      if (error instanceof MisfitFault) return `${error.code} ${error.file}`;
      throw error;
    }
  };
  const remove = (file: string, text: string): Proposal => propose([edit(file, 0, text, null)]);
  const make = (file: string): Proposal => propose([edit(file, 0, null, "new\n")]);
  assert.equal(await codeOf(propose([edit("a.txt", 0, "b", "c")])), "mismatch a.txt");
  assert.equal(await codeOf(propose([edit("none.txt", 0, "b", "c")])), "absent none.txt");
  assert.equal(await codeOf(make("a.txt")), "mismatch a.txt");
  assert.equal(await codeOf(make("folder")), "file-and-folder folder");
  assert.equal(await codeOf(make("folder"), remove("folder/x.txt", "x\n")), "file-and-folder folder");
  assert.equal(await codeOf(make("folder"), remove("folder/x.txt", "x\n"), remove("folder/y.txt", "y\n")), "made a.txt,folder");
  assert.equal(await codeOf(make("a.txt/deep/b.txt")), "file-and-folder a.txt/deep/b.txt");
  assert.equal(await codeOf(make("a.txt/deep/b.txt"), remove("a.txt", "a\n")), "made a.txt/deep/b.txt,folder/x.txt,folder/y.txt");
  assert.equal(await codeOf(make("new"), make("new/below")), "file-and-folder new");
});
