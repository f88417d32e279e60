import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hostileText } from "../../test/support/hostile.ts";
import { oneLine, plain, safeJson } from "./plain.ts";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const hostile = hostileText();

test("shows what would act on a terminal", () => {
  assert.equal(plain("a\x1b[31mb\x9bc"), "a\\u{1B}[31mb\\u{9B}c");
  assert.equal(plain("user\u202eadmin\u200b"), "user\\u{202E}admin\\u{200B}");
  assert.equal(plain("tag\u{e0041} half\ud83d"), "tag\\u{E0041} half\\u{D83D}");
});

test("line feeds are kept, made a space, or shown", () => {
  assert.equal(plain("a\r\nb\nc", "keep"), "a\nb\nc");
  assert.equal(plain("a\r\nb", "space"), "a b");
  assert.equal(plain("a\nb"), "a\\u{A}b");
  assert.equal(plain("a\rb", "keep"), "a\\u{D}b");
});

test("ordinary text of any language stays as it is", () => {
  for (const text of ["Type 'string' → 'number'", "größe", "変数", "переменная", "متغير"]) assert.equal(plain(text), text);
});

test("no raw control, bidi or invisible character survives", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      assert.doesNotMatch(plain(text), UNSEEN);
      assert.doesNotMatch(plain(text, "space"), UNSEEN);
      assert.doesNotMatch(plain(text, "keep").replaceAll("\n", ""), UNSEEN);
      assert.doesNotMatch(oneLine(text), UNSEEN);
    }),
  );
});

test("one line never exceeds its length and says that it was cut", () => {
  assert.equal(oneLine("  several\n  words\there "), "several words here");
  assert.equal(oneLine("abcdefgh", 5), "abcd…");
  assert.equal(oneLine(`${" ".repeat(100)}x`, 5), "…");
  fc.assert(fc.property(hostile, fc.integer({ min: 2, max: 80 }), (text, max) => Array.from(oneLine(text, max)).length <= max));
});

test("JSON is safe to show and reads back the same", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const json = safeJson({ text });
      assert.doesNotMatch(json, UNSEEN);
      assert.deepEqual(JSON.parse(json), { text });
    }),
  );
});
