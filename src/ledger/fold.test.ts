import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Entry } from "../domain/entry.ts";
import { reason } from "../domain/reason.ts";
import { propose } from "../../test/support/gates.ts";
import { foldRuns, latestOf, type RunState } from "./fold.ts";
import type { NewEntry } from "./ledger.ts";

const commit = fc.constantFrom("a", "b", "c", "d").map((letter) => letter.repeat(40));
const ref = fc.constantFrom("refs/heads/stet/one", "refs/heads/stet/two");
const commits = fc.array(fc.record({ proposal: fc.string({ maxLength: 4 }), commit, title: fc.string({ maxLength: 4 }) }), { maxLength: 2 });
const from = fc.option(commit);

const start = fc.record({ work: fc.constantFrom("w", "v"), base: commit, branch: ref, dryRun: fc.boolean() }).map(
  (parts): NewEntry => ({ kind: "run", command: "repair", containment: "none", unenforced: [], ...parts }),
);
const line: fc.Arbitrary<NewEntry> = fc.oneof(
  start,
  fc.constantFrom("better", "worse", "unclear").map(
    (verdict): NewEntry => ({ kind: "verdict", verdict, proposal: propose([]), reasons: [], evidence: [], dryRun: false }),
  ),
  fc.record({ ref, from, to: commit, commits }).map((parts): NewEntry => ({ kind: "intent", ...parts })),
  fc.record({ ref, from, to: commit, commits, recovered: fc.boolean() }).map(
    (parts): NewEntry => ({ kind: "landed", hooks: "not run", ...parts }),
  ),
  fc.record({ ref, to: commit }).map((parts): NewEntry => ({ kind: "abandoned", reason: reason("run", "ref-not-moved"), ...parts })),
  fc.record({ ref, from: commit, to: from }).map((parts): NewEntry => ({ kind: "undone", ...parts })),
  fc.constant<NewEntry>({ kind: "remaining", findings: [] }),
  fc.constant<NewEntry>({ kind: "ended", status: "finished", exitCode: 0, reasons: [] }),
);

/** The lines of several runs in any order, most of them with their first line first. */
const ledger: fc.Arbitrary<Entry[]> = fc
  .array(fc.tuple(fc.constantFrom("1", "2", "3"), line), { maxLength: 25 })
  .chain((lines) => fc.tuple(fc.constant(lines), fc.tuple(fc.boolean(), start)))
  .map(([lines, [begun, first]]) => {
    const starts = begun ? ["1", "2", "3"].map((run): [string, NewEntry] => [run, first]) : [];
    return [...starts, ...lines].map(([run, entry]): Entry => ({ at: "2026-01-01T00:00:00.000Z", run, ...entry }));
  });

async function* streamed(entries: readonly Entry[]): AsyncIterable<Entry> {
  for (const entry of entries) yield await Promise.resolve(entry);
}

test("each run folds as if it stood alone, however the lines of others stand between its own", async () => {
  await fc.assert(
    fc.asyncProperty(ledger, async (entries) => {
      const together = await foldRuns(streamed(entries));
      for (const id of new Set(entries.map(({ run }) => run))) {
        const alone = await foldRuns(streamed(entries.filter(({ run }) => run === id)));
        assert.deepEqual(together.get(id), alone.get(id));
      }
    }),
  );
});

test("any prefix of a ledger folds, and lines of a run without its first say nothing", async () => {
  await fc.assert(
    fc.asyncProperty(ledger, fc.nat(25), async (entries, length) => {
      const prefix = entries.slice(0, length);
      const states = await foldRuns(streamed(prefix));
      const begun = new Set(prefix.filter(({ kind }) => kind === "run").map(({ run }) => run));
      assert.deepEqual(new Set(states.keys()), begun);
    }),
  );
});

test("a tip is always a commit that was landed and not undone since", async () => {
  await fc.assert(
    fc.asyncProperty(ledger, async (entries) => {
      for (const [id, { tip, undone, open }] of await foldRuns(streamed(entries))) {
        const own = entries.filter(({ run }) => run === id);
        const last = own.findLast(({ kind }) => kind === "landed" || kind === "undone" || kind === "run");
        assert.equal(tip, last?.kind === "landed" ? last.to : undefined);
        assert.equal(undone, own.slice(own.findLastIndex(({ kind }) => kind === "run")).some(({ kind }) => kind === "undone"));
        const decided = own.findLast(({ kind }) => ["run", "intent", "landed", "abandoned"].includes(kind));
        assert.equal(open, decided?.kind === "intent" ? decided : undefined);
      }
    }),
  );
});

const runLine = (run: string, work: string): Entry => {
  const parts = { command: "repair", work, base: "b", branch: `refs/heads/stet/${run}`, dryRun: false };
  return { at: "", run, kind: "run", containment: "none", unenforced: [], ...parts };
};
const landedLine = (run: string, to: string, before: string | null = null): Entry => {
  return { at: "", run, kind: "landed", ref: "", from: before, to, commits: [{ proposal: "p", commit: to, title: "" }], recovered: false, hooks: "not run" };
};

async function latest(work: string, ...entries: Entry[]): Promise<RunState | undefined> {
  return latestOf(await foldRuns(streamed(entries)), work);
}

test("several landings of a run are one: from where the first began to where the last ended", async () => {
  const state = await latest("w", runLine("1", "w"), landedLine("1", "a", null), landedLine("1", "b", "a"));
  assert.deepEqual([state?.before, state?.tip, state?.commits.length], [null, "b", 2]);
});

test("the run to go on with is the newest of the same work that landed and was not undone", async () => {
  const [one, two, three] = [runLine("1", "w"), runLine("2", "w"), runLine("3", "w")];
  assert.equal(await latest("w", one), undefined, "it landed nothing");
  assert.equal(await latest("v", one, landedLine("1", "a")), undefined, "other work");
  const older = [one, landedLine("1", "a"), two, landedLine("2", "b")];
  assert.equal((await latest("w", ...older, three))?.start.run, "2");
  const undone: Entry = { at: "", run: "2", kind: "undone", ref: "", from: "b", to: null };
  assert.equal((await latest("w", ...older, undone))?.start.run, "1");
});
