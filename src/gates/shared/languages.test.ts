import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOf } from "./languages.ts";

test("the last extension tells the language, in any letter case", () => {
  assert.equal(languageOf("src/a.d.ts"), "typescript");
  assert.equal(languageOf("src/a.TSX"), "typescript");
  assert.equal(languageOf("a.mjs"), "javascript");
  assert.equal(languageOf("a.py"), "python");
  assert.equal(languageOf("a.rs"), "rust");
  assert.equal(languageOf("README.md"), "prose");
});

test("a name without a known extension is other, never prose", () => {
  assert.equal(languageOf("Makefile"), "other");
  assert.equal(languageOf("a.html"), "other");
});
