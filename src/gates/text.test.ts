import assert from "node:assert/strict";
import { test } from "node:test";
import { context, create, edit, propose, rewrite } from "../../test/support/gates.ts";
import { gate } from "./text.ts";

function codes(...parts: Parameters<typeof gate.judge>): string[] {
  return gate.judge(...parts).map(({ code }) => code);
}

test("GOOD: text, also with a replacement character that stood there", () => {
  assert.deepEqual(codes(...rewrite("a", "日本 👍")), []);
  assert.deepEqual(codes(...rewrite("a = '\ufffd'", "b = '\ufffd'")), []);
  assert.deepEqual(codes(propose([edit("a.ts", 1, "\ude00", "\ude01")]), context({ "a.ts": "😀" })), []);
});

test("BAD: a file that is not text", () => {
  const proposal = propose([edit("a.ts", 0, "a", "b")]);
  assert.deepEqual(codes(proposal, context({ "a.ts": { kind: "undecodable", mode: "100644" } })), ["undecodable"]);
  assert.deepEqual(codes(proposal, context({ "a.ts": "a\0" })), ["binary"]);
});

test("BAD: broken text added", () => {
  assert.deepEqual(codes(...rewrite("a", "a\0")), ["nul"]);
  assert.deepEqual(codes(...rewrite("é", "\ufffd")), ["replacement-character"]);
  assert.deepEqual(codes(...create("\ud83d")), ["lone-surrogate"]);
  assert.deepEqual(codes(propose([edit("a.ts", 1, "\ude00", "")]), context({ "a.ts": "😀" })), ["lone-surrogate"]);
});
