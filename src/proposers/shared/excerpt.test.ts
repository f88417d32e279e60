/** What a model gets to see of a file: all of it, or whole declarations, or nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { finding, type Finding } from "../../domain/finding.ts";
import { plainWorkspace } from "../../../test/support/workspace.ts";
import { tokensIn } from "../../llm/budget.ts";
import { excerpt, MAX_FILE_TOKENS } from "./excerpt.ts";

function at(file: string, line: number): Finding {
  return finding({ by: "tsc", rule: "TS2322", category: "type_mismatch", message: "m", at: { file, line, column: 1 } });
}

test("a small file is seen whole, with what it imports from the project, without bodies", async () => {
  const text = 'import { total, type Item as Thing } from "./cart.js";\nimport { join } from "node:path";\nexport const x: number = total([]);\n';
  using workspace = plainWorkspace({
    "src/a.ts": text,
    "src/cart.ts": "export interface Item { price: number }\nexport function total(items: Item[]): string {\n  const secret = 1;\n  return String(items.length + secret);\n}\nexport const other = 2;\n",
  });
  const seen = await excerpt("src/a.ts", text, [at("src/a.ts", 3)], workspace);
  assert.deepEqual(seen, {
    text,
    whole: true,
    declarations: "// src/cart.ts\nexport interface Item { price: number }\nexport function total(items: Item[]): string { … }",
  });
});

function large(): string {
  const part = (name: string): string => `export function ${name}() {\n${`  console.log("${name} does something of no interest at all");\n`.repeat(200)}}\n`;
  return `import { y } from "./y.ts";\n${part("one")}${part("two")}${part("three")}`;
}

test("of a large file the declarations with findings are seen, whole and with their lines", async () => {
  const text = large();
  assert.ok(tokensIn(text) > MAX_FILE_TOKENS);
  using workspace = plainWorkspace({ "a.ts": text });
  const seen = await excerpt("a.ts", text, [at("a.ts", 250)], workspace);
  assert.ok(seen && !seen.whole);
  assert.match(seen.text, /^lines 204 to 405:\nexport function two\(\) \{\n/);
  assert.equal(seen.text.split("\n").length, 1 + 202);
});

test("what cannot be seen whole is refused, never cut", async () => {
  const text = `export function all() {\n${'  console.log("something of no interest at all");\n'.repeat(2_000)}}\n`;
  using workspace = plainWorkspace({ "a.ts": text });
  assert.equal(await excerpt("a.ts", text, [at("a.ts", 3)], workspace), undefined);
  assert.equal(await excerpt("a.py", "x = 1\n".repeat(20_000), [at("a.py", 3)], workspace), undefined);
  assert.equal(await excerpt("a.ts", large(), [at("a.ts", 90_000)], workspace), undefined);
});
