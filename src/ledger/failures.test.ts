/** What keeps failing, counted from entries as the ledger has them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Entry } from "../domain/entry.ts";
import { finding } from "../domain/finding.ts";
import { proposal } from "../domain/proposal.ts";
import { readFailures, type Failures } from "./failures.ts";

const at = "2026-11-30T00:00:00Z";
const found = (file: string): ReturnType<typeof finding> => finding({ by: "tsc", rule: "TS1", category: "other", message: "m", at: { file, line: 1, column: 1 } });

function verdict(run: string, verdict: "worse" | "better" | "refused", { file = "a.ts", edited = file, model }: { file?: string; edited?: string; model?: string } = {}): Entry {
  const edits = [{ file: edited, start: 0, before: "a", after: "b" }];
  const made = proposal({ by: "tool", rung: 0, base: "", title: `mend ${file}`, safety: "safe", findings: [found(file)], edits, ...(model !== undefined && { cost: { model, requests: 1 } }) });
  const reasons = verdict === "better" ? [] : [{ by: "tsc", code: "new-finding", args: {} }];
  return { at, run, kind: "verdict", verdict, proposal: made, reasons, evidence: [], dryRun: false };
}

function declined(run: string, code: string, args: Record<string, string> = {}, cost?: { model: string; requests: number }): Entry {
  return { at, run, kind: "declined", by: "model", rung: 2, findings: [found("a.ts")], reason: { by: "model", code, args }, ...(cost && { cost }) };
}

const left = (run: string, model: string): Entry => ({ at, run, kind: "left", model, fault: "unauthorized", detail: "no key" });

async function* stream(entries: readonly Entry[]): AsyncGenerator<Entry> {
  for (const entry of entries) yield await Promise.resolve(entry);
}

const read = (entries: readonly Entry[], threshold = 2): Promise<Failures> => readFailures(stream(entries), threshold);
const told = ({ clusters }: Failures): unknown[] => clusters.map(({ kind, what, times, runs }) => [kind, what, times, runs]);

test("failures are grouped by file and by reason, the largest first; what landed is none", async () => {
  const failures = await read([verdict("1", "worse"), verdict("1", "better"), verdict("2", "refused", { edited: "b.ts" }), declined("2", "gave-up"), declined("3", "gave-up")]);
  assert.deepEqual(told(failures), [["file", "a.ts", 4, 3], ["reason", "tsc/new-finding", 2, 2], ["reason", "model/gave-up", 2, 2]]);
  assert.deepEqual(failures.clusters[1]?.examples.map(({ run, title, files }) => [run, title, files]), [["1", "mend a.ts", ["a.ts"]], ["2", "mend a.ts", ["a.ts", "b.ts"]]]);
});

test("of a cluster the latest three are kept", async () => {
  const { clusters } = await read(["1", "2", "3", "4", "5"].map((run) => verdict(run, "worse")));
  for (const { times, examples } of clusters) assert.deepEqual([times, examples.map(({ run }) => run)], [5, ["3", "4", "5"]]);
});

test("a model is dead where every call failed, and one answer ever is life; its own limits are no fault of the provider's", async () => {
  const fault = (run: string, model: string): Entry => declined(run, "model-unauthorized", { model });
  // It is left out once in each run, and the questions that this leaves open name it as well.
  const { dead } = await read([left("1", "a"), fault("1", "a"), fault("1", "a"), left("2", "a"), left("1", "b"), left("2", "b"), verdict("2", "worse", { model: "b" })]);
  assert.deepEqual(dead.map(({ model, times, runs, last }) => [model, times, runs, last.code]), [["a", 3, 2, "model-unauthorized"]]);
  for (const code of ["model-budget", "model-not-recorded", "model-waits", "model-left"]) assert.deepEqual((await read([declined("1", code, { model: "a" }), declined("2", code, { model: "a" })])).dead, [], code);
  const words = declined("3", "gave-up", {}, { model: "a", requests: 1 });
  assert.deepEqual((await read([left("1", "a"), left("2", "a"), words])).dead, [], "words that came to no offer are an answer");
  const unasked = declined("3", "gave-up", {}, { model: "a", requests: 0 });
  assert.equal((await read([left("1", "a"), left("2", "a"), unasked])).dead.length, 1, "nothing was asked");
});

test("no threshold shows what a higher one shows and it does not, and every failure is counted under its reason", async () => {
  const entry = fc.tuple(fc.constantFrom("1", "2", "3"), fc.constantFrom("worse", "better", "refused"), fc.constantFrom("a.ts", "b.ts")).map(([run, kind, file]) => verdict(run, kind, { file }));
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (entries, threshold) => {
      const [low, high] = [told(await read(entries, threshold)).map(String), told(await read(entries, threshold + 1)).map(String)];
      assert.ok(high.every((one) => low.includes(one)));
      const { clusters } = await read(entries, 1);
      const failed = entries.filter((one) => one.kind === "verdict" && one.verdict !== "better").length;
      assert.equal(clusters.filter(({ kind }) => kind === "reason").reduce((sum, { times }) => sum + times, 0), failed);
      assert.ok(clusters.every(({ runs, times }, index) => runs <= times && times <= (clusters[index - 1]?.times ?? Infinity)));
    }),
  );
});
