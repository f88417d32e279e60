import assert from "node:assert/strict";
import { test } from "node:test";
import { lastLinesOf, readComment, readReaching } from "./suggestion-blocks.ts";

test("blocks are whole lines, whatever the comment's line endings", () => {
  assert.deepEqual(readComment("Better:\r\n```suggestion\r\nlet a;\r\n  b();\r\n```\r\nThanks"), { words: "Better:\nThanks", blocks: ["let a;\n  b();\n"] });
  assert.deepEqual(readComment("```suggestion\n```").blocks, [""], "nothing deletes the lines");
  assert.deepEqual(readComment("```suggestion\n\n```").blocks, ["\n"], "an empty line is one");
  assert.deepEqual(readComment("```suggestion\na\n```\nor\n~~~~ suggestion\nb\n~~~\n~~~~").blocks, ["a\n", "b\n~~~\n"]);
  assert.deepEqual(readComment("````suggestion\n```js\nx\n```\n````").blocks, ["```js\nx\n```\n"], "a fence ends with one as long");
  assert.deepEqual(readComment("```suggestion\na").blocks, ["a\n"], "one that is not closed goes to the end");
});

test("other code is words", () => {
  assert.deepEqual(readComment("see\n```js\n```suggestion\n```\nend"), { words: "see\n```js\n```suggestion\n```\nend", blocks: [] });
  assert.deepEqual(readComment("    ```suggestion\nno `suggestion`").blocks, []);
});

test("a block may reach above and below its line", () => {
  assert.deepEqual(readReaching("So:\n```suggestion:-1+20\na\n```\n~~~suggestion\nb\n~~~"), { words: "So:", blocks: [{ text: "a\n", above: 1, below: 20 }, { text: "b\n", above: 0, below: 0 }] });
  for (const odd of ["suggestion:-1", "suggestion:+1-1", "suggestion:-1000+0", "suggestions"]) assert.deepEqual(readReaching(`\`\`\`${odd}\na\n\`\`\``).blocks, [], odd);
  assert.deepEqual(readComment("```suggestion:-0+0\na\n```").blocks, []);
});

test("the last lines of a hunk as they are after the change", () => {
  const hunk = "@@ -1,3 +1,4 @@\n a\n-b\n+c\n+d\n\\ No newline at end of file";
  assert.deepEqual(lastLinesOf(hunk, 2), ["c", "d"]);
  assert.deepEqual(lastLinesOf(hunk, 3), ["a", "c", "d"]);
  assert.equal(lastLinesOf(hunk, 4), undefined);
  assert.equal(lastLinesOf("", 1), undefined);
});
