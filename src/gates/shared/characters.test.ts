import assert from "node:assert/strict";
import { test } from "node:test";
import { codePointName, unseenIn } from "./characters.ts";

test("what a reader does not see is found and counted", () => {
  const unseen = [
    "\0", "\x07", "\x1b", "\x7f", "\x85", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200d", "\u202e",
    "\u2028", "\u2060", "\u2066", "\u2800", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\u{e0041}", "\u{e0100}",
  ];
  for (const character of unseen) {
    assert.deepEqual([...unseenIn(`a${character}b${character}`)], [[character, 2]], codePointName(character));
  }
});

test("what a reader sees is not", () => {
  for (const text of ["a\tb\r\n", "ü é ß", "日本語", "−≤→", "❤️ 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣", "e\u0301"]) assert.equal(unseenIn(text).size, 0, text);
});

test("a joiner beside an emoji, and not in one, is found", () => {
  assert.deepEqual([...unseenIn("👍\u200d").keys()], ["\u200d"]);
});

test("code points are written as the standard writes them", () => {
  assert.equal(codePointName("\0"), "U+0000");
  assert.equal(codePointName("\u{e0041}"), "U+E0041");
});
