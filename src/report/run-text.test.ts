import assert from "node:assert/strict";
import { test } from "node:test";
import { recorded, RUN } from "../../test/support/runs.ts";
import { reason } from "../domain/reason.ts";
import { noPaint } from "./paint.ts";
import { runText } from "./run-text.ts";

test("a report tells a recorded run at length", () => {
  assert.equal(
    runText(recorded(), noPaint),
    `Run ${RUN}: stet repair, finished, exit code 1
Started 2025-01-31 12:00:05 UTC, took 1 min 12 s, from ba5eba5
Branch stet/repair-${RUN} at c0ffeec

Landed
  c0ffeec  Fix TS2304 in src/a.ts: Import x

Did not land: 3 proposals
  2 × worse    tsc finds something new in src/b.ts:8: TS2322: Type 'string' is not assignable.
               TS2304 in src/b.ts: Change to 'why' (line 7)
               TS2304 in src/b.ts: Change to 'zed' (line 9): tsc finds something new in src/b.ts:9: TS2322: Type 'string' is not assignable.
  1 × refused  test/c.test.ts is a test or defines a check, and what measures a change must not be part of it; --allow-path exempts it for one run.
               TS2304 in test/c.test.ts: Import x (line 1)

Remain: 3 findings
  undefined name  3  TS2304 (3)  e.g. src/b.ts:7

Checks
  tsc  4 → 3 findings

Figures
  1 of 4 attempts landed (25 %)
  Surviving: 3 undefined name; 3 after rung 0`,
  );
});

test("a dry run, a killed one and one taken back say what they are", () => {
  const dry = runText(recorded({ dryRun: true }), noPaint);
  assert.match(dry, /stet repair --dry-run, finished.*\n.*\n\nWould land\n {2}Fix TS2304 in src\/a\.ts: Import x\n\nDid not land: 3/);
  const ended = { kind: "ended", at: "", run: RUN, status: "interrupted", exitCode: 137, reasons: [reason("run", "killed")] } as const;
  assert.match(runText(recorded({ ended }), noPaint), /interrupted, exit code 137\nStarted [^,]+, from ba5eba5\n.*\nThe run was killed; nothing of yours/);
  assert.match(runText(recorded({ undone: true }), noPaint), /undone, exit code 1\n[^]*taken back by stet undo/);
  const { ended: _ended, ...open } = recorded();
  assert.match(runText(open, noPaint), /stet repair, not ended yet\n/);
});
