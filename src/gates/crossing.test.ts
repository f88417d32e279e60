import assert from "node:assert/strict";
import { test } from "node:test";
import type { BaseFile } from "../domain/plugin.ts";
import type { Edit } from "../domain/proposal.ts";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./crossing.ts";

function found(file: string, base: Record<string, BaseFile>): unknown[] {
  return gate.judge(propose([edit(file, 0, null, "x")]), context(base)).map(({ code, args }) => [code, args["at"]]);
}

test("GOOD: a link elsewhere in the tree", () => {
  assert.deepEqual(found("src/a.ts", { "src/link": { kind: "symlink" }, sr: { kind: "submodule" } }), []);
});

test("BAD: the file itself, or a folder that leads to it", () => {
  assert.deepEqual(found("src/a.ts", { "src/a.ts": { kind: "symlink" } }), [["through-symlink", "src/a.ts"]]);
  assert.deepEqual(found("src/a/b.ts", { src: { kind: "symlink" } }), [["through-symlink", "src"]]);
  assert.deepEqual(found("vendor/lib/b.ts", { "vendor/lib": { kind: "submodule" } }), [["through-submodule", "vendor/lib"]]);
  assert.deepEqual(found("./src//b.ts", { src: { kind: "symlink" } }), [["through-symlink", "src"]]);
});

test("BAD: a mode that is not a regular file's, from data nobody checked", () => {
  const edits: Edit[] = JSON.parse('[{"file":"a","start":0,"before":null,"after":"/etc","mode":"120000"}]') as Edit[];
  assert.deepEqual(gate.judge(propose(edits), context()).map(({ code }) => code), ["not-a-file-mode"]);
});
