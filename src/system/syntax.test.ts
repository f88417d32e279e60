/** Parsers by file name, and what has no tree: told, never thrown. What trees say of changes is the gates' to test. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Parsed, SyntaxNode } from "../domain/syntax.ts";
import { parseSyntax } from "./syntax.ts";

const TEXTS = {
  script: [["a.ts", "b.MTS", "c.jsx"], "const a = 1; // one\n"],
  python: [["a.py", "b.pyi"], "a = 1  # one\n"],
  rust: [["a.rs"], "const A: u8 = 1; // one\n"],
  go: [["a.go"], "package a // one\n"],
  java: [["A.java"], "class A {} // one\n"],
  csharp: [["a.cs"], "class A {} // one\n"],
  cpp: [["a.c", "b.hpp"], "int a; // one\n"],
  ruby: [["a.rb"], "a = 1 # one\n"],
  php: [["a.php"], "<?php $a = 1; // one\n"],
} as const;

for (const [language, [files, text]] of Object.entries(TEXTS)) {
  test(`${language} is told by the file's name; places are the text's, and the comment stands apart`, async () => {
    for (const file of files) {
      const parsed = await parseSyntax(file, text);
      assert.ok("root" in parsed, JSON.stringify(parsed));
      assert.deepEqual([parsed.language, parsed.text, parsed.comments.length], [language, text, 1]);
      const [comment] = parsed.comments;
      assert.match(text.slice(comment?.start, comment?.end), /^(?:\/\/|#) one/);
      inside(parsed.root, text.length);
    }
  });
}

/** Children stand in their order, in their parent. */
function inside({ start, end, children }: SyntaxNode, length: number): void {
  assert.ok(start >= 0 && start <= end && end <= length);
  let last = start;
  for (const child of children) {
    assert.ok(child.start >= last && child.end <= end, `${child.kind} ${child.start}`);
    last = child.end;
    inside(child, length);
  }
}

const why = (parsed: Parsed): unknown => ("unparsed" in parsed ? [parsed.unparsed, parsed.line] : "a tree");

test("what has no tree says why", async () => {
  for (const file of ["a.txt", "Makefile", "a.ts.bak", ""]) assert.deepEqual(why(await parseSyntax(file, "a")), ["no-grammar", undefined], file);
  assert.deepEqual(why(await parseSyntax("a.ts", "a;".repeat(600_000))), ["too-large", undefined]);
  assert.deepEqual(why(await parseSyntax("a.ts", "const a = 1;\nconst = 2;\n")), ["broken", 2]);
  assert.deepEqual(why(await parseSyntax("a.rs", "const A: u8 = 1;\n\nfn (\n")), ["broken", 3]);
  assert.deepEqual(why(await parseSyntax("a.ts", `${"(".repeat(100_000)}${")".repeat(100_000)}`)), ["too-deep", undefined]);
});

test("a byte order mark moves nothing", async () => {
  const parsed = await parseSyntax("a.ts", "\uFEFFlet a;");
  assert.ok("root" in parsed);
  assert.equal(parsed.root.children[0]?.start, 1);
});

test("whatever stands in a file is a tree or a reason", async () => {
  const piece = fc.constantFrom("let a", "=", "{", "}", "(", ")", "`", "${", "\n", "/*", "//", "\"", "<a>", "😀", "\0", "class A", ";");
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
      const text = pieces.join(" ");
      const parsed = await parseSyntax("a.tsx", text);
      if ("root" in parsed) inside(parsed.root, text.length);
      else assert.ok(["broken", "failed", "too-deep"].includes(parsed.unparsed), parsed.unparsed);
    }),
    { numRuns: 100 },
  );
});
