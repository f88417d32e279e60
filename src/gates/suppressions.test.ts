import assert from "node:assert/strict";
import { test } from "node:test";
import { create, rewrite } from "../../test/support/gates.ts";
import { gate } from "./suppressions.ts";

function marks(before: string, after: string, file?: string): unknown[] {
  return gate.judge(...rewrite(before, after, file)).map(({ args }) => args["mark"]);
}

test("GOOD: a real repair, a mark that moves, a mark that goes", () => {
  assert.deepEqual(marks("const a: string = 1;\n", "const a: number = 1;\n"), []);
  assert.deepEqual(marks("// @ts-ignore\na();\nb();\n", "b();\n// @ts-ignore\na();\n"), []);
  assert.deepEqual(marks("// eslint-disable-next-line no-var\nvar a: any;\n", "let a: string;\n"), []);
  assert.deepEqual(marks("try { a(); } catch {}\n", "try { a(); } catch (e) { log(e); }\n"), []);
});

test("BAD: one more than before", () => {
  assert.deepEqual(marks("// @ts-ignore\na();\nb();\n", "// @ts-ignore\na();\n// @ts-ignore\nb();\n"), ["@ts-ignore"]);
  assert.deepEqual(marks("f(x);\n", "f(x as any);\n"), ["any"]);
  assert.deepEqual(marks("it('a', f);\n", "it.skip('a', f);\n"), ["skipped test"]);
  assert.deepEqual(marks("try { a(); } catch (e) { log(e); }\n", "try { a(); } catch (e) {\n  // later\n}\n"), ["empty catch"]);
});

test("BAD: one mark traded for another", () => {
  assert.deepEqual(marks("// @ts-ignore\nf();\n", "// @ts-expect-error\nf();\n"), ["@ts-expect-error"]);
});

test("BAD: a new file that brings marks", () => {
  assert.deepEqual(gate.judge(...create("// @ts-nocheck\n")).map(({ code }) => code), ["new-suppression"]);
});

test("BAD: a JavaScript file whose type check is switched off", () => {
  const [why] = gate.judge(...rewrite("// @ts-check\nf();\n", "f();\n", "a.js"));
  assert.deepEqual([why?.code, why?.args], ["check-removed", { file: "a.js", mark: "@ts-check" }]);
});

test("prose may speak of marks, and unknown files may not carry them", () => {
  assert.deepEqual(marks("a\n", "Never write `// @ts-ignore`.\n", "README.md"), []);
  assert.deepEqual(marks("a\n", "# noqa\n", "Snakefile"), ["noqa"]);
});
