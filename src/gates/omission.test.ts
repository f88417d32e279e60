import assert from "node:assert/strict";
import { test } from "node:test";
import { create, rewrite } from "../../test/support/gates.ts";
import { gate } from "./omission.ts";

function marks(before: string, after: string, file?: string): unknown[] {
  return gate.judge(...rewrite(before, after, file)).map(({ args }) => args["mark"]);
}

test("GOOD: code that is there, remarks about something else, and such a remark that stood there", () => {
  const remark = "// ... existing code ...";
  assert.deepEqual(marks(`${remark}\na();`, `b();\n${remark}`), []);
  for (const after of [
    "const [first, ...rest] = items; // the first decides",
    "call(...existing, ...rest);",
    "this.#rest = this.same;",
    "// The rest of the list is sorted by name.",
    "// unchanged since 2019",
    "a(); // ... and so on",
    "/** The remaining tokens. */ same();",
  ]) {
    assert.deepEqual(marks("x", after), [], after);
  }
  assert.deepEqual(marks("x", remark, "guide.md"), []);
});

test("BAD: a remark where code was", () => {
  for (const after of [
    "// ... existing code ...",
    "// ... rest of the file",
    "/* … (remaining methods) */",
    "{/* ... existing markup ... */}",
    "// rest of the function unchanged",
    "/* the remaining methods stay the same */",
    "// The rest of the code remains as it was",
    "// (implementation omitted for brevity)",
  ]) {
    assert.equal(marks("function a() { return 1; }", after).length >= 1, true, after);
  }
  assert.deepEqual(marks("x", "# ... rest of the class unchanged", "a.py"), ["... existing code"]);
  assert.deepEqual(marks("x", "<!-- rest of the page unchanged -->", "a.html"), ["rest unchanged"]);
  assert.deepEqual(gate.judge(...create("// ... existing code ...\n")).map(({ code }) => code), ["code-omitted"]);
});
