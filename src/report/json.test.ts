import assert from "node:assert/strict";
import { test } from "node:test";
import { commits, recorded, RUN } from "../../test/support/runs.ts";
import { runJson } from "./json.ts";

test("a run as data has its facts, and reasons with their words", () => {
  const json: unknown = JSON.parse(JSON.stringify(runJson(recorded())));
  assert.partialDeepStrictEqual(json, {
    run: RUN, status: "finished", exitCode: 1, before: null, durationMs: 72_000, landed: commits, wouldLand: [],
    checks: [{ check: "tsc", before: 4, after: 3 }],
    verdicts: [{}, { verdict: "worse", reasons: [{ code: "new-finding", text: "tsc finds something new in src/b.ts:8: TS2322: Type 'string' is not assignable." }] }],
    remaining: [{ rule: "TS2304", at: { file: "src/b.ts", line: 7 } }],
  });
});

test("a run without an end has no made-up values", () => {
  const { ended: _ended, ...open } = recorded({ dryRun: true });
  assert.partialDeepStrictEqual(runJson(open), { status: "open", exitCode: null, endedAt: null, durationMs: null, tip: null });
});
