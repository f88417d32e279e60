import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { finding, type Finding } from "../domain/finding.ts";
import type { Check, Proposer, Workspace } from "../domain/plugin.ts";
import type { Edit } from "../domain/proposal.ts";
import { findingsIn, type Inventory, type Reading } from "../domain/reading.ts";
import { badLines, checkOf, engineOn, ground, propose, proposerOf, type Engine, type Ground } from "../../test/support/kit.ts";
import { Ledger } from "../ledger/ledger.ts";
import { systemClock } from "../system/clock.ts";
import { repair, type RepairResult } from "./repair.ts";

const bad = (...files: readonly string[]): Check => checkOf("bad", badLines(...(files.length > 0 ? files : ["a.txt"])));

/** The finding's line with other text, for as long as the file has it. */
async function lineAs(one: Finding, workspace: Workspace, after: string): Promise<Edit> {
  const { file = "", line = 1 } = one.at ?? {};
  const lines = ((await workspace.readText(file)) ?? "").split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return { file, start, before: lines[line - 1] ?? "", after };
}

/** Offers these texts for a finding's line, in order of preference. */
const offering = (byMessage: Readonly<Record<string, readonly string[]>>): Proposer =>
  proposerOf((one, workspace) => Promise.all((byMessage[one.message] ?? []).map((text) => lineAs(one, workspace, text))));

const run = ({ kit, readings }: Engine, { tree }: Ground, maxRounds = 10): Promise<RepairResult> =>
  repair(kit, { tree, readings, maxRounds, findings: ({ readings: read }) => findingsIn(read), accepts: "better" });

/** Each verdict with what it would have put there, in the order of the ledger. */
const verdicts = ({ kit }: Engine): string[] => kit.run.verdicts.map(({ kind, proposal }) => `${kind} ${proposal.edits.map(({ after }) => after).join("+")}`);
const codes = ({ kit }: Engine): string[] => kit.run.verdicts.flatMap(({ reasons }) => reasons.map(({ code }) => code));
const landed = (place: Ground, file = "a.txt"): string => place.git("show", `refs/heads/stet/test:${file}`);

test("the second offer for a finding is tried when the first is struck, never beside it", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  const engine = await engineOn(place, { checks: [bad()], proposers: [offering({ one: ["BAD worse", "good", "better still"] })] });
  const result = await run(engine, place);
  assert.deepEqual(verdicts(engine), ["worse BAD worse", "better good"]);
  assert.deepEqual(engine.of("round").map(({ proposals }) => proposals), [1], "alternatives are one search");
  assert.deepEqual(engine.of("trying").map(({ proposals }) => proposals), [1, 1]);
  assert.deepEqual([result.before.length, result.after.length, landed(place)], [1, 0, "good"]);
});

test("a combined offer is tried first, and its parts by themselves when it is red", async () => {
  using place = await ground({ "a.txt": "BAD one\nkept\nBAD two\n" });
  const combined: Proposer = {
    name: "all",
    summary: "",
    rung: 0,
    async *propose(findings, workspace) {
      const edits = await Promise.all(findings.map((one) => lineAs(one, workspace, one.message === "one" ? "good" : "BAD worse")));
      yield propose(workspace, findings, edits, "all");
      for (const [index, one] of findings.entries()) yield propose(workspace, [one], edits.slice(index, index + 1), "all");
    },
  };
  const engine = await engineOn(place, { checks: [bad()], proposers: [combined] });
  const result = await run(engine, place);
  assert.deepEqual(verdicts(engine).sort(), ["better good", "worse BAD worse", "worse good+BAD worse"]);
  assert.equal(landed(place), "good\nkept\nBAD two");
  assert.deepEqual(result.after.map(({ message }) => message), ["two"]);
});

test("two offers in conflict are tried one after the other, the later one on what then stands", async () => {
  using place = await ground({ "a.txt": "BAD one\nBAD two\n" });
  const both = proposerOf(async (one, workspace) => {
    const before = (await workspace.readText("a.txt")) ?? "";
    return [{ file: "a.txt", start: 0, before, after: before.replace(`BAD ${one.message}`, `good ${one.message}`) }];
  });
  const engine = await engineOn(place, { checks: [bad()], proposers: [both] });
  await run(engine, place);
  assert.deepEqual(engine.of("round").map(({ proposals }) => proposals), [1, 1]);
  assert.equal(landed(place), "good one\ngood two");
  assert.equal(place.git("rev-list", "--count", `${place.commit}..refs/heads/stet/test`), "2");
});

test("one fix uncovers the next, as often as rounds are left", async () => {
  const chain = proposerOf(async (one, workspace) => {
    const text = (await workspace.readText("a.txt")) ?? "";
    return text.startsWith(`BAD ${one.message}`) || text.includes(`good\nBAD ${one.message}`) ? [await lineAs(one, workspace, "good")] : [];
  });
  const files = { "a.txt": "BAD one\nBAD two\nBAD three\nBAD four\n" };
  using place = await ground(files);
  const engine = await engineOn(place, { checks: [bad()], proposers: [chain] });
  const result = await run(engine, place);
  assert.deepEqual([result.rounds, result.after.length, landed(place)], [4, 0, "good\ngood\ngood\ngood"]);
  using bounded = await ground(files);
  const short = await engineOn(bounded, { checks: [bad()], proposers: [chain] });
  const stopped = await run(short, bounded, 2);
  assert.deepEqual([stopped.rounds, stopped.after.length, landed(bounded)], [2, 2, "good\ngood\nBAD three\nBAD four"]);
});

test("two equal findings of one file are both settled", async () => {
  using place = await ground({ "a.txt": "BAD one\nkept\nBAD one\n" });
  const engine = await engineOn(place, { checks: [bad()], proposers: [offering({ one: ["good"] })] });
  assert.equal((await run(engine, place)).after.length, 0);
  assert.equal(landed(place), "good\nkept\ngood");
});

test("what a gate refuses is recorded with its reason and never measured; a gate that throws refuses", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  const check = checkOf("bad", badLines("a.txt"));
  const gates = [
    { name: "no-x", summary: "", judge: ({ edits }: { edits: readonly Edit[] }) => (edits[0]?.after === "x" ? [{ by: "no-x", code: "x-found", args: {} }] : []) },
    { name: "broken", summary: "", judge: ({ edits }: { edits: readonly Edit[] }) => { if (edits[0]?.after === "y") throw new Error("gate"); return []; } },
  ];
  const engine = await engineOn(place, { checks: [check], gates, proposers: [offering({ one: ["x", "y"] })] });
  await run(engine, place);
  assert.deepEqual(verdicts(engine), ["refused x", "refused y"]);
  assert.deepEqual(codes(engine), ["x-found", "gate-crashed"]);
  assert.equal(check.count, 1, "the baseline and nothing else");
});

test("edits that do not fit the base are refused, not made to fit", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  const misfit = proposerOf((one) => Promise.resolve([{ file: one.at?.file ?? "", start: 3, before: "BAD one", after: "good" }]));
  const engine = await engineOn(place, { checks: [bad()], proposers: [misfit] });
  await run(engine, place);
  assert.deepEqual([verdicts(engine), codes(engine)], [["refused good"], ["mismatch"]]);
});

test("a proposer that throws is told of, and what it and others offered is tried", async () => {
  using place = await ground({ "a.txt": "BAD one\nkept\nBAD two\n" });
  const breaking: Proposer = {
    name: "breaking",
    summary: "",
    rung: 0,
    async *propose([first], workspace) {
      if (first) yield propose(workspace, [first], [await lineAs(first, workspace, "good")], "breaking");
      throw new Error("out of order");
    },
  };
  const engine = await engineOn(place, { checks: [bad()], proposers: [breaking, offering({ two: ["good too"] })] });
  await run(engine, place);
  const notices = engine.of("notice").map(({ reason }) => [reason.by, reason.code, reason.args["detail"]]);
  assert.deepEqual(notices[0], ["breaking", "proposer-crashed", "out of order"]);
  assert.equal(landed(place), "good\nkept\ngood too");
});

test("the same count with other contents is worse, and a change that settles nothing does not land", async () => {
  using place = await ground({ "a.txt": "BAD one\n", "b.txt": "BAD two\n" });
  const elsewhere = proposerOf((one) => Promise.resolve(one.message === "two" ? [{ file: "c.txt", start: 0, before: null, after: "new" }] : []));
  const engine = await engineOn(place, { checks: [bad("a.txt", "b.txt")], proposers: [offering({ one: ["BAD other"] }), elsewhere] });
  await run(engine, place);
  assert.deepEqual(verdicts(engine).sort(), ["same new", "worse BAD other"]);
  assert.deepEqual(codes(engine).sort(), ["new-finding", "nothing-better"]);
  assert.equal(place.git("for-each-ref", "refs/heads/stet"), "");
});

test("a check that cannot tell in a trial makes it unclear, which never lands, and the next offer is tried", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  for (const kind of ["crashed", "timeout", "missing", "unreadable"] as const) {
    const check = checkOf(`bad`, async (workspace): Promise<Reading> => {
      const broken = (await workspace.readText("a.txt"))?.includes("breaks");
      return broken ? { kind, check: "bad", detail: "", durationMs: 0 } : badLines("a.txt")(workspace);
    });
    const engine = await engineOn(place, { checks: [check], proposers: [offering({ one: ["breaks it", "good"] })] });
    await run(engine, place);
    assert.deepEqual(verdicts(engine), ["unclear breaks it", "better good"]);
    assert.deepEqual(codes(engine), [kind]);
    place.git("update-ref", "-d", "refs/heads/stet/test");
  }
});

test("a test that is gone, skipped or newly failing is worse, however much else is better", async () => {
  using place = await ground({ "a.txt": "BAD one\n", "tests.txt": "" });
  const inventories: Readonly<Record<string, Inventory>> = {
    "BAD one": { t: "passed" },
    gone: {},
    skipped: { t: "skipped" },
    added: { t: "passed", u: "passed" },
  };
  const check = checkOf("bad", async (workspace): Promise<Reading> => {
    const reading = await badLines("a.txt")(workspace);
    const inventory = inventories[((await workspace.readText("a.txt")) ?? "").trim()] ?? {};
    return reading.kind === "read" ? { ...reading, inventory } : reading;
  });
  const engine = await engineOn(place, { checks: [check], proposers: [offering({ one: ["gone", "skipped", "added"] })] });
  await run(engine, place);
  assert.deepEqual(verdicts(engine), ["worse gone", "worse skipped", "better added"]);
  assert.deepEqual(codes(engine), ["test-vanished", "test-skipped"]);
  assert.deepEqual(engine.kit.run.verdicts.at(-1)?.evidence, [{ check: "bad", before: 1, after: 0, passed: 2 }]);
});

test("a run touches no more files than it may", async () => {
  using place = await ground({ "a.txt": "BAD one\n", "b.txt": "BAD two\n", "c.txt": "BAD three\n" });
  const offers = offering({ one: ["good"], two: ["good"], three: ["good"] });
  const engine = await engineOn(place, { checks: [bad("a.txt", "b.txt", "c.txt")], proposers: [offers], maxFiles: 2 });
  assert.equal((await run(engine, place)).after.length, 1);
  assert.equal(place.git("diff", "--name-only", "main", "refs/heads/stet/test"), "a.txt\nb.txt");
});

test("only findings that were asked for are proposed for", async () => {
  using place = await ground({ "a.txt": "BAD one\n", "b.txt": "BAD two\n" });
  const engine = await engineOn(place, { checks: [bad("a.txt", "b.txt")], proposers: [offering({ one: ["good"], two: ["good"] })] });
  const result = await repair(engine.kit, { tree: place.tree, readings: engine.readings, maxRounds: 9, findings: (now) => findingsIn(now.readings).filter(({ at }) => at?.file === "b.txt"), accepts: "better" });
  assert.deepEqual([result.before.length, result.after.length], [1, 0]);
  assert.equal(place.git("diff", "--name-only", "main", "refs/heads/stet/test"), "b.txt");
});

test("a branch that a human moves meanwhile ends the run, and stays theirs", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  const human = place.git("commit-tree", "HEAD^{tree}", "-m", "human");
  let count = 0;
  const check = checkOf("bad", (workspace) => {
    if (++count === 2) place.git("update-ref", "refs/heads/stet/test", human);
    return badLines("a.txt")(workspace);
  });
  const engine = await engineOn(place, { checks: [check], proposers: [offering({ one: ["good"] })] });
  const result = await run(engine, place);
  assert.deepEqual([result.halted?.code, result.after.length], ["ref-moved", 1]);
  assert.equal(place.git("rev-parse", "refs/heads/stet/test"), human);
});

test("a check that contradicts its oracle decides, and the ledger has the disagreement before what landed", async () => {
  using place = await ground({ "a.txt": "BAD one\nkept\nBAD two\nkept\nBAD three\n" });
  const check = checkOf("bad", badLines("a.txt"), {
    openOracle: () => ({
      look: ({ baseline }) => Promise.resolve({ before: baseline, after: { ...baseline, findings: [] } }),
      close: () => Promise.resolve(),
    }),
  });
  const engine = await engineOn(place, { checks: [check], proposers: [offering({ one: ["good"], two: ["BAD worse"], three: ["fine"] })] });
  await run(engine, place);
  assert.equal(landed(place), "good\nkept\nBAD two\nkept\nfine");
  const kinds: string[] = [];
  for await (const { kind } of new Ledger(join(place.root, ".stet/ledger.jsonl"), systemClock).read()) kinds.push(kind);
  assert.equal(kinds.filter((kind) => kind === "disagreement").length, 1);
  assert.ok(kinds.indexOf("disagreement") < kinds.indexOf("intent"));
});

test("what no check can see lands where the same is enough, and only then; what makes something worse never does", async () => {
  const seen = ["b.txt good", "c.txt BAD c"].map((message) => finding({ by: "review", rule: "comment", category: "other", message, at: { file: message.slice(0, 5), line: 1, column: 1 } }));
  for (const accepts of ["same", "better"] as const) {
    using place = await ground({ "a.txt": "BAD a\n", "b.txt": "b\n", "c.txt": "c\n" });
    const proposer = proposerOf((one) => Promise.resolve([{ file: one.message.slice(0, 5), start: 0, before: one.message.slice(0, 1), after: one.message.slice(6) }]));
    const engine = await engineOn(place, { checks: [bad("a.txt", "b.txt", "c.txt")], proposers: [proposer] });
    const { run: own } = engine.kit;
    const findings = (): Finding[] => seen.filter(({ key }) => !own.landed.some((landed) => landed.findings.some((one) => one.key === key)));
    const result = await repair(engine.kit, { tree: place.tree, readings: engine.readings, maxRounds: 9, findings, accepts });
    const left = result.after.map(({ message }) => message);
    assert.deepEqual(left, accepts === "same" ? ["c.txt BAD c"] : ["b.txt good", "c.txt BAD c"]);
    const landed = own.verdicts.filter(({ kind }) => kind === "same" && accepts === "same").map(({ proposal }) => proposal.edits[0]?.file);
    assert.deepEqual(landed, accepts === "same" ? ["b.txt"] : []);
    assert.ok(own.verdicts.some(({ kind, proposal }) => kind === "worse" && proposal.edits[0]?.file === "c.txt"));
  }
});
