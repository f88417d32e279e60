import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policy } from "../domain/plugin.ts";
import type { Edit } from "../domain/proposal.ts";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./size.ts";

const TEN = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

function codes(edits: readonly Edit[], limits: Partial<Policy>): string[] {
  return gate.judge(propose(edits), context({ "a.ts": TEN, "b.ts": TEN }, limits)).map(({ code }) => code);
}

test("GOOD: at the limit", () => {
  const edits = [edit("a.ts", 0, "1", "one"), edit("b.ts", 0, "1\n", "")];
  assert.deepEqual(codes(edits, { maxFiles: 2, maxChangedLines: 2, maxChangedFraction: 0.1 }), []);
});

test("BAD: beyond a limit", () => {
  const edits = [edit("a.ts", 0, "1", "one"), edit("b.ts", 0, "1\n", "")];
  assert.deepEqual(codes(edits, { maxFiles: 1 }), ["too-many-files"]);
  assert.deepEqual(codes(edits, { maxChangedLines: 1 }), ["too-many-lines"]);
  assert.deepEqual(codes([edit("a.ts", 0, "1\n2\n", "x\n")], { maxChangedFraction: 0.1 }), ["file-rewritten"]);
});

test("a whole file replaced by itself but for one line is one changed line", () => {
  const edits = [edit("a.ts", 0, TEN, TEN.replace("5", "five"))];
  assert.deepEqual(codes(edits, { maxChangedLines: 1, maxChangedFraction: 0.1 }), []);
});

test("the fraction is not held against small files and new ones, and is against deletions", () => {
  const whole = [edit("a.ts", 0, TEN, "x\n")];
  assert.deepEqual(codes(whole, { maxChangedFraction: 0.5, smallFileLines: 11 }), []);
  assert.deepEqual(codes(whole, { maxChangedFraction: 0.5, smallFileLines: 10 }), ["file-rewritten"]);
  assert.deepEqual(codes([edit("c.ts", 0, null, TEN)], { maxChangedFraction: 0.5 }), []);
  assert.deepEqual(codes([edit("a.ts", 0, TEN, null)], { maxChangedFraction: 0.5 }), ["file-rewritten"]);
});

test("what the reason says is in whole percent", () => {
  const [why] = gate.judge(propose([edit("a.ts", 0, TEN, "x\n")]), context({ "a.ts": TEN }, { maxChangedFraction: 0.5 }));
  assert.deepEqual(why?.args, { file: "a.ts", percent: 100, maxPercent: 50 });
});
