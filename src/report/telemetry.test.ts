/** A run's figures, and two runs side by side. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerdictEntry } from "../domain/entry.ts";
import { finding, type Finding } from "../domain/finding.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { edit, propose } from "../../test/support/gates.ts";
import { noPaint } from "./paint.ts";
import type { ReportedRun } from "./run.ts";
import { compareLines, telemetryOf } from "./telemetry.ts";
import { telemetryLines } from "./telemetry-lines.ts";

function found(name: string, category: Finding["category"] = "type_mismatch"): Finding {
  return finding({ by: "tsc", rule: "TS1", category, message: name });
}

function verdict(name: string, rung: number, landed: boolean, usd?: number): VerdictEntry {
  const cost = rung > 1 ? { requests: 2, inputTokens: 90, outputTokens: 10, ...(usd !== undefined && { usd }) } : undefined;
  const proposal = propose([edit("a.ts", 0, name, "x")], { findings: [found(name)], rung, by: `p${rung}`, ...(cost && { cost }) });
  return { kind: "verdict", at: "", run: "r", verdict: landed ? "better" : "worse", proposal, reasons: landed ? [] : [reason("tsc", "x")], evidence: [], dryRun: false };
}

function run(id: string, verdicts: readonly VerdictEntry[], parts: Partial<ReportedRun> = {}): ReportedRun {
  const commits = verdicts.filter(({ verdict: kind }) => kind === "better").map(({ proposal }) => ({ proposal: proposal.id, commit: "c", title: "t" }));
  return {
    start: { kind: "run", at: "2026-11-21T10:00:00.000Z", run: id, command: "repair", work: "w", base: "b", branch: "refs/heads/stet/r", dryRun: false, containment: "bwrap", unenforced: [] },
    verdicts, commits, declined: [], remaining: [], undone: false,
    ended: { kind: "ended", at: "2026-11-21T10:00:30.000Z", run: id, status: "finished", exitCode: 0, reasons: [], checks: { tsc: 4, eslint: 2 } },
    ...parts,
  };
}

test("figures follow from the record", () => {
  const figures = telemetryOf(
    run("r", [verdict("a", 0, true), verdict("b", 2, false, 0.2), verdict("b", 3, true, 0.6), verdict("c", 2, false, 0.2)], {
      found: { type_mismatch: 3, syntax: 1 },
      remaining: [found("c"), found("d", "syntax")],
    }),
  );
  const { steps, attemptsMade, ...rest } = figures;
  assert.deepEqual(rest, {
    before: { type_mismatch: 3, syntax: 1 },
    after: { type_mismatch: 1, syntax: 1 },
    survivedRung: { 2: 1, none: 1 },
    ...{ attempts: 4, landed: 2, successRate: 0.5, modelCalls: 6, inputTokens: 270, outputTokens: 30 },
    ...{ usd: 1, usdPerLandedFix: 0.5, usdOfModels: 1, checks: 4, checksPerLandedFix: 2, durationMs: 30_000 },
  });
  assert.deepEqual(steps.map(({ by, rung, attempts, landed, struck, errorsIn, errorsOut, usd }) => [by, rung, attempts, landed, struck, errorsIn, errorsOut, usd]), [
    ["p0", 0, 1, 1, 0, 1, 0, null],
    ["p2", 2, 2, 0, 2, 2, 2, 0.4],
    ["p3", 3, 1, 1, 0, 1, 0, 0.6],
  ]);
  assert.deepEqual(attemptsMade[1], { by: "p2", rung: 2, model: null, outcome: "struck", errorsIn: 1, errorsOut: 1, inputTokens: 90, outputTokens: 10, usd: 0.2 });
});

test("a question about no finding costs, and is no attempt", () => {
  const asked = [{ kind: "asked", at: "", run: "r", by: "chunker m", subject: "PLAN.md", cost: { model: "m", requests: 1, inputTokens: 50, outputTokens: 5, usd: 0.1 } }] as const;
  const { attempts, successRate, modelCalls, inputTokens, usd } = telemetryOf(run("r", [verdict("a", 2, true, 0.2)], { asked }));
  assert.deepEqual([attempts, successRate, modelCalls, inputTokens, usd?.toFixed(2)], [1, 1, 3, 140, "0.30"]);
});

test("what a struck attempt would have brought counts as what came out of it", () => {
  const worse = verdict("b", 2, false);
  const rise = (line: number): Reason => reason("tsc", "new-finding", { rule: "TS2", message: "m", file: "a.ts", line });
  const declined = { kind: "declined", at: "", run: "r", by: "p3", rung: 3, findings: [found("b"), found("c")], reason: reason("model", "gave-up") } as const;
  const { attemptsMade } = telemetryOf(run("r", [{ ...worse, reasons: [rise(1), rise(2)] }], { declined: [declined] }));
  assert.deepEqual(attemptsMade.map(({ outcome, errorsIn, errorsOut }) => [outcome, errorsIn, errorsOut]), [["struck", 1, 3], ["declined", 2, 2]]);
});

test("the figures in words", () => {
  const both = run("r", [verdict("a", 0, true), verdict("b", 2, true, 0.2), verdict("c", 2, false, 0.2)], { remaining: [found("c"), found("d", "undefined_name")] });
  assert.deepEqual(telemetryLines(both), [
    "2 of 3 attempts landed (67 %)",
    "4 checks run, 2.000 per landed fix",
    "4 model calls, 180 tokens in, 20 out, $0.4000, $0.2000 per landed fix, $0.4000 per fix that a model landed",
    "Surviving: 1 type mismatch and 1 undefined name; 1 after rung 2 and 1 with nothing on offer",
  ]);
  assert.deepEqual(telemetryLines(run("r", [])), []);
});

test("what is not known is null, never zero", () => {
  const { ended: _ended, ...open } = run("r", [verdict("b", 2, false)]);
  assert.partialDeepStrictEqual(telemetryOf(open), { usd: null, usdPerLandedFix: null, checks: null, durationMs: null, successRate: 0 });
  assert.equal(telemetryOf(run("r", [])).successRate, null);
});

test("two runs stand side by side with what changed", () => {
  const before = run("old", [verdict("a", 2, true, 0.4)], { remaining: [found("c"), found("d")] });
  const now = run("new", [verdict("a", 2, true, 0.3), verdict("b", 2, true, 0.3)], { remaining: [found("c")] });
  const lines = compareLines(now, before, noPaint).map((line) => line.replace(/ +/g, " ").trim());
  for (const line of ["Run new beside old", "findings after 2 1 -50 %", "type mismatch 2 1 -50 %", "landed 1 2 +100 %", "cost per landed fix $0.4000 $0.3000 -25 %", "checks per landed fix 4.000 2.000 -50 %"]) {
    assert.ok(lines.includes(line), `${line}\n${lines.join("\n")}`);
  }
});
