import assert from "node:assert/strict";
import { test } from "node:test";
import { isFatal, parseDiagnostics } from "./tsc-output.ts";

test("reads diagnostics with and without a place", () => {
  const output = "src/a (1).ts(3,7): error TS2322: Type 'a: b'.\r\n  More.\r\n    Most.\r\nerror TS18003: No inputs.\n";
  assert.deepEqual(parseDiagnostics(output), [
    { file: "src/a (1).ts", line: 3, column: 7, code: "TS2322", message: "Type 'a: b'. More. Most." },
    { line: 1, column: 1, code: "TS18003", message: "No inputs." },
  ]);
  assert.deepEqual(parseDiagnostics(""), []);
});

test("any other line makes the whole output unreadable", () => {
  for (const line of ["Segmentation fault", "  indented from the start", "a.ts: error TS1: x", "error: x"]) {
    assert.equal(parseDiagnostics(`${line}\na.ts(1,1): error TS2322: x\n`), undefined, line);
  }
});

test("tells what hides the code's own faults from those faults", () => {
  const at = { line: 1, column: 1, message: "" };
  assert.ok(isFatal({ ...at, code: "TS2688" }));
  assert.ok(isFatal({ ...at, code: "TS5101", file: "packages/a/tsconfig.build.json" }));
  assert.ok(isFatal({ ...at, code: "TS6305", file: "a.ts" }));
  assert.ok(!isFatal({ ...at, code: "TS5097", file: "a.ts" }));
  assert.ok(!isFatal({ ...at, code: "TS6133", file: "a.ts" }));
});
