import assert from "node:assert/strict";
import { test } from "node:test";
import { finding } from "../domain/finding.ts";
import { context, create, edit, propose, rewrite } from "../../test/support/gates.ts";
import { gate } from "./invisible.ts";

function characters([before, after]: [string, string]): unknown {
  return gate.judge(...rewrite(before, after))[0]?.args["characters"];
}

test("GOOD: text that can be seen, and what stood there already", () => {
  assert.equal(characters(["a\n", "\tü 日本 ❤️ 👨‍👩‍👧\r\n"]), undefined);
  assert.equal(characters(["const a = '\u200b';", "let a = '\u200b';"]), undefined);
  assert.equal(characters(["a\u202eb", "ab"]), undefined);
});

test("BAD: one more than the same edit replaces", () => {
  assert.deepEqual(characters(["a", "a\u200b"]), ["U+200B"]);
  assert.deepEqual(characters(["a\u200b", "\u200ba\u200b"]), ["U+200B"]);
  assert.deepEqual(characters(["if (a) {}", "if (a\u202e \u2066) {}"]), ["U+202E", "U+2066"]);
  assert.deepEqual(characters(["a", "a\x1b[0m\u{e0041}"]), ["U+001B", "U+E0041"]);
});

test("BAD: a character moved from one edit to another", () => {
  const edits = [edit("a.ts", 0, "\u202e", ""), edit("a.ts", 2, "", "\u202e")];
  assert.equal(gate.judge(propose(edits), context({ "a.ts": "\u202eab" })).length, 1);
});

test("BAD: a character made of the halves that two edits bring", () => {
  const [high = "", low = ""] = "\u{e0041}".split("");
  const edits = [edit("a.ts", 0, "a", high), edit("a.ts", 1, "b", low)];
  assert.deepEqual(gate.judge(propose(edits), context({ "a.ts": "ab" }))[0]?.args["characters"], ["U+E0041"]);
});

test("a BOM stands only where a file had it, in front", () => {
  assert.equal(characters(["\ufeffa", "\ufeffb"]), undefined);
  assert.deepEqual(characters(["\ufeffa", "a\ufeff"]), ["U+FEFF"]);
  assert.deepEqual(characters(["\ufeffa", "\ufeff\ufeffa"]), ["U+FEFF"]);
  assert.deepEqual(characters(["a", "\ufeffa"]), ["U+FEFF"]);
  assert.equal(gate.judge(...create("\ufeffa")).length, 1);
});

test("the rule that asks for a BOM may have it", () => {
  const findings = [finding({ by: "eslint", rule: "unicode-bom", category: "other", message: "m" })];
  assert.deepEqual(gate.judge(propose([edit("a.ts", 0, "", "\ufeff")], { findings }), context({ "a.ts": "a" })), []);
});
