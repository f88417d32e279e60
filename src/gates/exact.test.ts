import assert from "node:assert/strict";
import { test } from "node:test";
import type { BaseFile } from "../domain/plugin.ts";
import type { Edit } from "../domain/proposal.ts";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./exact.ts";

function codes(edits: readonly Edit[], files: Record<string, string | BaseFile> = { "a.ts": "one two one" }): string[] {
  return gate.judge(propose(edits), context(files)).map(({ code }) => code);
}

test("GOOD: edits that stand where they say, a new file, a whole deletion, a mode", () => {
  assert.deepEqual(codes([edit("a.ts", 0, "one", "1"), edit("a.ts", 8, "one", "$&")]), []);
  assert.deepEqual(codes([edit("b.ts", 0, null, "new")]), []);
  assert.deepEqual(codes([edit("b.ts", 0, null, "")]), []);
  assert.deepEqual(codes([edit("a.ts", 0, "one two one", null)]), []);
  assert.deepEqual(codes([{ ...edit("a.ts", 0, "", ""), mode: "100755" }]), []);
  assert.deepEqual(codes([edit("a.ts", 0, "one two one", null), edit("a.ts/b.ts", 0, null, "x")]), []);
});

test("BAD: text that stands elsewhere, or nowhere", () => {
  assert.deepEqual(codes([edit("a.ts", 1, "one", "1")]), ["mismatch"]);
  assert.deepEqual(codes([edit("a.ts", -3, "one", "1")]), ["mismatch"]);
  assert.deepEqual(codes([edit("a.ts", 99, "", "x")]), ["mismatch"]);
  assert.deepEqual(codes([edit("b.ts", 0, "one", "1")]), ["absent"]);
});

test("BAD: one bad edit among good ones", () => {
  assert.deepEqual(codes([edit("a.ts", 0, "one", "1"), edit("a.ts", 8, "two", "2")]), ["mismatch"]);
  assert.deepEqual(codes([edit("a.ts", 0, "one t", "1"), edit("a.ts", 4, "two", "2")]), ["overlap"]);
});

test("BAD: creating what is there, deleting less than all", () => {
  assert.deepEqual(codes([edit("a.ts", 0, null, "new")]), ["exists"]);
  assert.deepEqual(codes([edit("a.ts", 0, "one", null)]), ["not-whole"]);
  assert.deepEqual(codes([edit("b.ts", 0, "one", null)]), ["absent"]);
});

test("BAD: changes nothing", () => {
  assert.deepEqual(codes([]), ["no-edits"]);
  assert.deepEqual(codes([edit("a.ts", 0, "one", "one")]), ["changes-nothing"]);
  assert.deepEqual(codes([edit("a.ts", 0, "one", "1"), edit("a.ts", 4, "two", "two")]), ["changes-nothing"]);
  assert.deepEqual(codes([edit("b.ts", 0, null, null)]), ["changes-nothing"]);
  assert.deepEqual(codes([{ ...edit("a.ts", 0, "", ""), mode: "100644" }]), ["changes-nothing"]);
  assert.deepEqual(codes([edit("x", 0, "a", ""), edit("x", 1, "", "a")], { x: "a" }), ["changes-nothing"]);
});

test("BAD: what cannot be one tree", () => {
  assert.deepEqual(codes([edit("b", 0, null, "x"), edit("b/c", 0, null, "x")]), ["file-and-folder"]);
  const modes: Edit[] = [
    { ...edit("a.ts", 0, "one", "1"), mode: "100644" },
    { ...edit("a.ts", 4, "two", "2"), mode: "100755" },
  ];
  assert.deepEqual(codes(modes), ["two-modes"]);
});

test("BAD: a base that has no text, even when another gate is switched off", () => {
  assert.deepEqual(codes([edit("a.ts", 0, "", "x")], { "a.ts": { kind: "undecodable", mode: "100644" } }), ["not-text"]);
  assert.deepEqual(codes([edit("a.ts", 0, null, "x")], { "a.ts": { kind: "symlink" } }), ["not-text"]);
});
