import assert from "node:assert/strict";
import { test } from "node:test";
import { codesGivenTo } from "../../test/support/codes.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { isWordedProblem, problemText } from "./errors.ts";
import { isWorded } from "./sentences.ts";

test("every problem in the source has a sentence", () => {
  const uses = codesGivenTo("Problem");
  assert.ok(uses.length > 8, "the walk finds the calls");
  // `undo` and `build-plan` hand on the code of a reason, `state` one of `absenceOf`; `session` and `diagnose` one of a containment fault.
  const handOn = ["src/commands/undo-run.ts", "src/commands/build-plan.ts", "src/commands/state.ts", "src/commands/session.ts", "src/commands/diagnose.ts"];
  const open = uses.filter(({ code, file }) => (code === undefined ? !handOn.includes(file) : !isWordedProblem(code) && !isWorded(code)));
  for (const code of ["no-such-folder", "git-missing", "repository-not-trusted", "no-checkout", "containment-failed"]) assert.ok(isWordedProblem(code), code);
  const ofCuts = codesGivenTo("reason").filter(({ file }) => file.startsWith("src/chunker/"));
  assert.ok(ofCuts.length > 5);
  for (const { code } of ofCuts) assert.ok(code !== undefined && isWorded(code), code);
  assert.deepEqual(open, [], "give each code a sentence in report/wording/problems.ts");
});

test("a problem is one line that names what to mend", () => {
  const config = { file: "stet.config.json", line: 3, column: 7, option: "checks.0.timeoutMs", detail: "Too small" };
  const cases: [string, Problem["args"], string][] = [
    ["config-invalid", config, 'stet: stet.config.json:3:7: "checks.0.timeoutMs": Too small'],
    ["config-invalid", { file: "a.json", line: 1, column: 2, option: "", detail: "ValueExpected" }, "stet: a.json:1:2: ValueExpected"],
    ["locked", { pid: 42 }, "stet: Another run holds this repository (process 42); wait for it, or end it."],
    ["locked", { pid: 0 }, "stet: Another run holds this repository; wait for it."],
    ["storage", { path: "/x/ledger", code: "ENOSPC" }, "stet: The disk is full: /x/ledger."],
    ["storage", { path: "/x", code: "EIO" }, "stet: Writing failed (EIO): /x."],
    ["unknown-run", { run: "\x1b[2J" }, 'stet: There is no run "\\u{1B}[2J"; stet runs lists them.'],
    ["tool-failed", { command: "nope", how: "missing", detail: "" }, "stet: nope cannot be started, so there is no change to try."],
    ["branch-gone", { ref: "refs/heads/stet/x" }, "stet: stet/x is gone already; there is nothing to undo."],
    ["never-heard-of", { a: 1 }, "stet: never-heard-of (a: 1)"],
  ];
  for (const [code, args, text] of cases) assert.equal(problemText(new Problem(code, args, EXIT.usage)), text);
});

test("what a check printed last stands below, safe and bounded", () => {
  const detail = `${[...Array(30).keys()].map((line) => `line ${line}`).join("\n")}\n\x1b[31mError: x\n`;
  assert.equal(
    problemText(new Problem("base-cannot-run", { check: "tsc", kind: "crashed", detail }, EXIT.config)),
    `stet: tsc cannot judge the base (crashed), so nothing can be tried; mend it, or leave it out of "checks".
  line 0
  line 1
  line 2
  line 3
  …
  line 27
  line 28
  line 29
  \\u{1B}[31mError: x`,
  );
});
