import assert from "node:assert/strict";
import { test } from "node:test";
import { isFatal, parseOutput } from "./tsc-output.ts";

const diagnosticsIn = (output: string): unknown => parseOutput(output)?.diagnostics;

test("the files that it lists are told apart from what it finds", () => {
  const output = "src/a.ts(1,1): error TS2322: x\n  More.\n/root/src/a.ts\nC:/root/b.d.mts\n";
  assert.deepEqual(parseOutput(output)?.files, ["/root/src/a.ts", "C:/root/b.d.mts"]);
  assert.equal(parseOutput("/root/core.dump\n"), undefined);
});

test("reads diagnostics with and without a place", () => {
  const output = "src/a (1).ts(3,7): error TS2322: Type 'a: b'.\r\n  More.\r\n    Most.\r\nerror TS18003: No inputs.\n";
  assert.deepEqual(diagnosticsIn(output), [
    { file: "src/a (1).ts", line: 3, column: 7, code: "TS2322", message: "Type 'a: b'. More. Most." },
    { line: 1, column: 1, code: "TS18003", message: "No inputs." },
  ]);
  assert.deepEqual(diagnosticsIn(""), []);
});

test("any other line makes the whole output unreadable", () => {
  for (const line of ["Segmentation fault", "  indented from the start", "a.ts: error TS1: x", "error: x"]) {
    assert.equal(diagnosticsIn(`${line}\na.ts(1,1): error TS2322: x\n`), undefined, line);
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
