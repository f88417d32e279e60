/** A record is worth as much as there is of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Entry, VerdictEntry } from "../domain/entry.ts";
import type { VerdictKind } from "../domain/verdict.ts";
import { finding, type Finding } from "../domain/finding.ts";
import { proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { edit, propose } from "../../test/support/gates.ts";
import { Outcomes, readOutcomes } from "./earned.ts";

function outcome(by: string, rule: string, verdict: VerdictKind): Pick<VerdictEntry, "verdict" | "proposal"> {
  const findings = [finding({ by: "tsc", rule, category: "other", message: "m" })];
  return { verdict, proposal: proposal({ by, rung: 0, base: "b", title: "t", safety: "safe", edits: [], findings }) };
}

function record(...rows: [by: string, rule: string, verdict: VerdictKind, times: number][]): Outcomes {
  const outcomes = new Outcomes();
  for (const [by, rule, verdict, times] of rows) for (let time = 0; time < times; time++) outcomes.add(outcome(by, rule, verdict));
  return outcomes;
}

test("without a record there is none, and another model begins anew", () => {
  assert.equal(new Outcomes().earned("a", ["r"]), undefined);
  assert.equal(record(["model one", "r", "better", 9]).earned("model two", ["r"]), undefined);
});

test("much of it says what it says, little leans on the proposer's own, and that on all", () => {
  const outcomes = record(["a", "good", "better", 96], ["a", "bad", "worse", 48], ["a", "bad", "better", 0], ["b", "x", "refused", 40]);
  const good = outcomes.earned("a", ["good"]);
  const bad = outcomes.earned("a", ["bad"]);
  const fresh = outcomes.earned("a", ["new"]);
  assert.ok(good && good.p > 0.95 && good.n === 96);
  assert.ok(bad && bad.p < 0.06 && bad.n === 48);
  assert.ok(fresh && fresh.n === 0 && fresh.p > 0.6 && fresh.p < 0.7, JSON.stringify(fresh));
  assert.deepEqual(outcomes.earned("a", ["good", "bad"]), bad);
});

test("unclear counts for nothing", () => {
  assert.equal(record(["a", "r", "unclear", 5]).earned("a", ["r"]), undefined);
});

test("it is a chance, and rises with every landing and falls with every strike", () => {
  const kind = fc.constantFrom<VerdictKind>("better", "worse", "same", "refused");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("r", "s"), kind), { maxLength: 60 }), (rows) => {
      const all = [...rows, ["a", "r", "worse"] as const];
      const p = (more: readonly VerdictKind[]): number => {
        const outcomes = new Outcomes();
        for (const [by, rule, verdict] of all) outcomes.add(outcome(by, rule, verdict));
        for (const verdict of more) outcomes.add(outcome("a", "r", verdict));
        return outcomes.earned("a", ["r"])?.p ?? Number.NaN;
      };
      assert.ok(p([]) > 0 && p([]) < 1);
      assert.ok(p(["better"]) > p([]) && p(["worse"]) < p([]));
    }),
  );
});

test("what earlier runs tried of a cluster is told: the last of it, with why it came to nothing", async () => {
  const at = { file: "a.ts", line: 1, column: 1 };
  const aimed = (rule: string): Finding => finding({ by: "tsc", rule, category: "other", message: "m", at });
  const line = { at: "", run: "1" } as const;
  const verdicts = ["1", "2", "3", "4"].map((after): Entry => ({
    ...line, kind: "verdict", verdict: "worse", proposal: propose([edit("a.ts", 0, "x", after)], { by: "m", rung: 2, findings: [aimed("r")] }),
    reasons: [reason("tsc", "new-finding", { message: after })], evidence: [], dryRun: false,
  }));
  const declined: Entry = { ...line, kind: "declined", by: "m", rung: 2, findings: [aimed("s")], reason: reason("model", "gave-up") };
  async function* recorded(): AsyncIterable<Entry> {
    for (const entry of [...verdicts, declined]) yield await Promise.resolve(entry);
  }
  const outcomes = await readOutcomes(recorded());
  const evidence = outcomes.evidence({ by: "m", what: "r", times: 4 });
  assert.deepEqual(evidence.map(({ edits, reasons }) => [edits[0]?.after, reasons[0]?.args["message"]]), [["2", "2"], ["3", "3"], ["4", "4"]]);
  assert.deepEqual(outcomes.evidence({ by: "m", what: "a.ts", times: 5 }).map(({ reasons }) => reasons[0]?.code), ["new-finding", "new-finding", "gave-up"]);
  assert.deepEqual(outcomes.evidence({ by: "other", what: "r", times: 3 }), []);
});

test("failures without a success belong together, by rule and by file, declined ones too", () => {
  const at = { file: "a.ts", line: 1, column: 1 };
  const outcomes = record(["m", "r", "worse", 2]);
  assert.equal(outcomes.cluster("m", { rule: "r" }), undefined);
  outcomes.addDeclined({ by: "m", findings: [finding({ by: "tsc", rule: "s", category: "other", message: "m", at })] });
  outcomes.add(outcome("m", "r", "refused"));
  assert.deepEqual(outcomes.cluster("m", { rule: "r" }), { by: "m", what: "r", times: 3 });
  assert.equal(outcomes.cluster("m", { rule: "other", at }), undefined);
  for (let time = 0; time < 2; time++) outcomes.addDeclined({ by: "m", findings: [finding({ by: "tsc", rule: `s${time}`, category: "other", message: "m", at })] });
  assert.deepEqual(outcomes.cluster("m", { rule: "other", at }), { by: "m", what: "a.ts", times: 3 });
  assert.equal(outcomes.cluster("other", { rule: "r" }), undefined);
  outcomes.add(outcome("m", "r", "better"));
  assert.equal(outcomes.cluster("m", { rule: "r" }), undefined);
});
