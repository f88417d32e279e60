import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../domain/entry.ts";
import { finding } from "../domain/finding.ts";
import { proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { reviewRecord } from "./earned-reviews.ts";

const at = "2026-01-01T00:00:00.000Z";
const start = (run: string): Entry => ({ kind: "run", at, run, command: "apply", work: "w", base: "b", branch: "refs/heads/stet/x", dryRun: false, containment: "none", unenforced: [] });

function verdict(run: string, rule: string, isGood: boolean): Entry {
  const found = finding({ by: "m", rule, category: "other", message: rule });
  const made = proposal({ findings: [found], by: "tool-fix", rung: 2, base: "t", title: "t", safety: "unsafe", edits: [] });
  return { kind: "verdict", at, run, verdict: isGood ? "same" : "worse", proposal: made, reasons: isGood ? [] : [reason("c", "new-finding")], evidence: [], dryRun: false };
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

test("a reviewer's record counts from enough outcomes on, by its rule or else in all; what was taken back has failed", async () => {
  const entries: Entry[] = [
    start("1"), ...times(10, () => verdict("1", "often", true)), ...times(2, () => verdict("1", "seldom", false)),
    start("2"), ...times(6, () => verdict("2", "undone", true)), { kind: "undone", at, run: "2", ref: "r", from: "f", to: null },
  ];
  const record = await reviewRecord({ async *read() { yield* await Promise.resolve(entries); } });
  assert.deepEqual(record("m", "often", 10), { p: 12 / 14, n: 10 });
  assert.deepEqual(record("m", "seldom", 10), { p: 12 / 22, n: 18 }, "by its name alone");
  assert.deepEqual(record("m", "undone", 6), { p: 2 / 10, n: 6 });
  assert.equal(record("other", "often", 10), undefined);
});
