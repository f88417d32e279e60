import assert from "node:assert/strict";
import { test } from "node:test";
import { edit, propose } from "../../test/support/gates.ts";
import { after, BASE, before, BRANCH, commits, fix, landed, RUN, struck, typeError, verdict } from "../../test/support/runs.ts";
import { reason } from "../domain/reason.ts";
import { noPaint, painter } from "./paint.ts";
import { repairSummary, trySummary, type RepairFacts, type RunFacts, type TryFacts } from "./summary.ts";

const run: RunFacts = {
  run: RUN, branch: BRANCH, tip: commits[0]?.commit ?? null, base: BASE, headIsBase: true, dryRun: false, commits,
  checksRun: { tsc: 6, vitest: 2 }, durationMs: 34_000,
};
const readings = [
  { kind: "read", check: "tsc", findings: after, durationMs: 1 },
  { kind: "read", check: "vitest", findings: [], inventory: { a: "passed", b: "passed", c: "skipped" }, durationMs: 1 },
] as const;
const repair: RepairFacts = { ...run, verdicts: [landed, ...struck], landed: [landed.proposal], before, after, readings };

test("a repair's summary tells what landed, what did not, what remains, and how to take it", () => {
  assert.equal(
    repairSummary(repair, noPaint),
    `Landed 1 commit on stet/repair-${RUN}
  c0ffeec  Fix TS2304 in src/a.ts: Import x

Did not land: 3 proposals
  2 × worse    tsc finds something new in src/b.ts:8: TS2322: Type 'string' is not assignable.
               e.g. TS2304 in src/b.ts: Change to 'why' (line 7)
  1 × refused  test/c.test.ts is a test or defines a check, and what measures a change must not be part of it; --allow-path exempts it for one run.
               TS2304 in test/c.test.ts: Import x (line 1)

Remain: 3 findings
  undefined name  3  TS2304 (3)  e.g. src/b.ts:7

Checks
  tsc     4 → 3 findings
  vitest  2 tests passed

Ran 8 checks in 34 s: tsc 6 and vitest 2.

Take the commits:
  git merge --ff-only stet/repair-${RUN}`,
  );
});

test("from another base the commits are picked", () => {
  assert.match(repairSummary({ ...repair, headIsBase: false }, noPaint), /\n {2}git cherry-pick ba5eba5eba5e\.\.stet\/repair-/);
});

test("a dry run says what would land and offers no command", () => {
  const text = repairSummary({ ...repair, dryRun: true, commits: [], tip: null }, noPaint);
  assert.match(text, /^Would land 1 commit \(dry run: nothing was written to git\)\n {2}Fix TS2304 in src\/a\.ts: Import x\n/);
  assert.doesNotMatch(text, /git merge|cherry-pick/);
});

test("a run without a landing says why in one line", () => {
  const none = { ...repair, commits: [], tip: null, landed: [], verdicts: [] };
  const first = (facts: RepairFacts): string => repairSummary(facts, noPaint).split("\n", 1)[0] ?? "";
  assert.equal(first({ ...none, before: [], after: [] }), "Nothing to repair: the checks find nothing.");
  assert.equal(first(none), "Nothing landed: there is no fix on offer for any of the findings.");
  assert.equal(first({ ...none, verdicts: struck }), "Nothing landed.");
});

test("what stopped the run and what was not enforced is said once", () => {
  const halted = reason("land", "ref-moved", { ref: BRANCH, detail: "" });
  const text = repairSummary({ ...repair, halted, unenforced: ["network"] }, noPaint);
  assert.match(text, /\nContainment is not complete on this machine: checks can reach the network\.\nStopped early: stet\/repair-\S+ was moved by/);
});

test("a candidate whose finding another one settled is only counted", () => {
  const other = verdict("worse", fix(typeError("src/a.ts", 3), "Declare x"), [reason("tsc", "flaky")]);
  const text = repairSummary({ ...repair, verdicts: [other, landed] }, noPaint);
  assert.match(text, /\n\n1 other proposal was not needed: its findings went away without\.\n\n/);
  assert.doesNotMatch(text, /Declare x/);
});

test("long lists end with where the rest is", () => {
  const many = [...Array(23).keys()].map((index) => ({ proposal: `p${index}`, commit: "c".repeat(40), title: `Fix ${index}` }));
  assert.match(repairSummary({ ...repair, commits: many }, noPaint), new RegExp(`Fix 19\n {2}and 3 more: stet report ${RUN}\n`));
});

test("colour changes no word", () => {
  const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
  const painted = repairSummary(repair, painter(true));
  assert.notEqual(painted, repairSummary(repair, noPaint));
  assert.equal(painted.replace(colours, ""), repairSummary(repair, noPaint));
});

const parts = propose([edit("src/a.ts", 0, "var a;\n", "let a;\n"), edit("src/a.ts", 20, "", "let b;\nlet c;\n")], { by: "try" });
const bad = propose([edit("src/b.ts", 0, "ok();\n", "\n  broken(\u202e);\n")], { by: "try" });
const tried: TryFacts = {
  ...run, argv: ["npx", "eslint", "--fix", "."], toolExitCode: 1, changedFiles: 2, kept: [parts],
  struck: [verdict("worse", bad, [reason("vitest", "test-vanished", { test: "b > works" })])],
};

test("a try's summary tells kept parts by file, and which check each struck part broke", () => {
  assert.equal(
    trySummary(tried, noPaint),
    `\`npx eslint --fix .\` changed 2 files (it ended with exit code 1).

Kept 1 part, landed as c0ffeec on stet/repair-${RUN}
  src/a.ts  +3 −1

Struck 1 part
  src/b.ts  +2 −1  broken(\\u{202E});
    worse: vitest no longer runs the test "b > works".

Ran 8 checks in 34 s: tsc 6 and vitest 2.

Take the commits:
  git merge --ff-only stet/repair-${RUN}`,
  );
});

test("a try that keeps nothing says so", () => {
  const none = trySummary({ ...tried, kept: [], struck: [], commits: [], tip: null, changedFiles: 0, toolExitCode: 0, checksRun: {} }, noPaint);
  assert.equal(none, "`npx eslint --fix .` changed nothing.\n\nKept nothing.\n\nTook 34 s; every reading was known from before.");
  const whole = { ...bad, edits: [...bad.edits, ...parts.edits] };
  assert.match(trySummary({ ...tried, struck: [verdict("worse", whole, [reason("tsc", "flaky")])] }, noPaint), /\n {2}2 files {2}\+5 −2\n/);
});
