import assert from "node:assert/strict";
import { test } from "node:test";
import { badLines, checkOf, engineOn, findingsIn, ground, type Engine } from "../../test/support/kit.ts";
import type { Glimpse, Look, Oracle } from "../domain/oracle.ts";
import type { Check } from "../domain/plugin.ts";
import { proposal, type Proposal } from "../domain/proposal.ts";
import type { Read } from "../domain/reading.ts";

const FILES: Record<string, string> = { "a.txt": "BAD one\n", "b.txt": "BAD two\n", "c.txt": "BAD three\n", "d.txt": "BAD four\n" };
const NAMES = ["a.txt", "b.txt", "c.txt"];

/** The check of these tests: a line with BAD is a finding. It is slow by nature; its oracle reads the changed texts only. */
function checked(see: (look: Look) => Promise<Glimpse | undefined>): Check & { readonly count: number } {
  return checkOf("bad", badLines(...NAMES), { openOracle: () => ({ look: see, close: () => Promise.resolve() }) satisfies Oracle });
}

/** What the check finds in the changed files, from the texts alone. */
function glimpse({ to, changed }: Look): Promise<Glimpse> {
  const read = (texts: Look["to"]): Read => {
    return { kind: "read", check: "bad", findings: [...changed.keys()].flatMap((file) => findingsIn(file, texts.get(file) ?? "")), durationMs: 0 };
  };
  return Promise.resolve({ before: read(changed), after: read(to) });
}

/** For each file what its only line is to be. */
function proposalsOf(tree: string, lines: Record<string, string>): Proposal[] {
  return Object.entries(lines).map(([file, line]): Proposal => {
    const before = (FILES[file] ?? "").trimEnd();
    return proposal({ findings: [], by: "test", rung: 0, base: tree, title: file, safety: "safe", edits: [{ file, start: 0, before, after: line }] });
  });
}

async function tried(engine: Engine, tree: string, lines: Record<string, string>, later: Record<string, string> = {}) {
  const offers = [proposalsOf(tree, later)];
  const alternatives = (): Promise<Proposal[]> => Promise.resolve(offers.shift() ?? []);
  const { trial } = engine.kit;
  const result = await trial.run({ tree, readings: engine.readings }, proposalsOf(tree, lines), { accepts: "same", alternatives });
  return { ...result, kept: result.accepted.map(({ title }) => title), lost: result.struck.map(({ proposal: { title } }) => title) };
}

test("a search looks through the oracle, and the check itself reads only what it comes to", async () => {
  using place = await ground(FILES);
  const check = checked(glimpse);
  const engine = await engineOn(place, { checks: [check], proposers: [] });
  const { kept, lost } = await tried(engine, place.tree, { "a.txt": "good", "b.txt": "BAD new", "c.txt": "good" });
  assert.deepEqual([kept, lost], [["a.txt", "c.txt"], ["b.txt"]]);
  assert.equal(check.count, 2, "the baseline and what landed");
  assert.equal(engine.of("looked").length, 2);
  await engine.kit.trial.measure.close();
});

test("where the check does not see what its oracle saw, the check decides, and goes on alone", async () => {
  using place = await ground(FILES);
  const blind = checked(({ baseline }) => Promise.resolve({ before: baseline, after: { ...baseline, findings: [] } }));
  const engine = await engineOn(place, { checks: [blind], proposers: [] });
  const { kept, lost, disagreements } = await tried(engine, place.tree, { "a.txt": "good", "b.txt": "BAD new", "c.txt": "good" });
  assert.deepEqual([kept, lost], [["a.txt", "c.txt"], ["b.txt"]]);
  assert.deepEqual(disagreements.map(({ check, reasons }) => [check, reasons[0]?.args["message"]]), [["bad", "new"]]);
  assert.equal(engine.of("notice").filter(({ reason }) => reason.code === "oracle-disagreed").length, 1);
  assert.equal(engine.of("looked").length, 1, "it is not asked again");
});

test("what only the oracle held against a proposal is put to the check once the two have disagreed", async () => {
  using place = await ground(FILES);
  const wrong = checked(async (look) => {
    const seen = await glimpse(look);
    const swapped = [...look.to].map(([file, text]): [string, string | null] => [file, file === "a.txt" ? "BAD seen\n" : text === "BAD new\n" ? "good\n" : text]);
    return { before: seen.before, after: (await glimpse({ ...look, to: new Map(swapped) })).after };
  });
  const engine = await engineOn(place, { checks: [wrong], proposers: [] });
  const { kept, lost } = await tried(engine, place.tree, { "a.txt": "good", "b.txt": "BAD new", "c.txt": "good" });
  assert.deepEqual([kept.sort(), lost], [["a.txt", "c.txt"], ["b.txt"]]);
});

test("an oracle that breaks is opened anew once, and then given up; nothing is lost by it", async () => {
  using place = await ground(FILES);
  let asked = 0;
  const broken = checked(() => {
    asked++;
    return Promise.reject(new Error("it fell over"));
  });
  const engine = await engineOn(place, { checks: [broken], proposers: [] });
  const { kept } = await tried(engine, place.tree, { "a.txt": "good", "b.txt": "good", "c.txt": "good" });
  assert.deepEqual(kept, NAMES);
  assert.equal(asked, 2);
  const lost = engine.of("notice").map(({ reason }) => reason).filter(({ code }) => code === "oracle-lost");
  assert.deepEqual(lost.map(({ args }) => args["detail"]), ["it fell over"]);
});

test("a set that an oracle called green before it broke is held against the check all the same", async () => {
  using place = await ground(FILES);
  let asked = 0;
  const liar = checkOf("bad", badLines(...NAMES, "d.txt"), {
    openOracle: () => ({
      look: (look) => {
        asked++;
        if (asked === 1) return glimpse({ ...look, to: new Map([...look.to, ["c.txt", "good\n"]]) });
        if (asked === 2) return Promise.resolve({ before: look.baseline, after: look.baseline });
        return Promise.reject(new Error("it fell over"));
      },
      close: () => Promise.resolve(),
    }),
  });
  const engine = await engineOn(place, { checks: [liar], proposers: [] });
  // The first look sees that b is bad, neither of the two sees it of c, and for d the oracle is gone.
  const { kept, lost } = await tried(engine, place.tree, { "a.txt": "good", "b.txt": "BAD new\nBAD more", "c.txt": "BAD sly" }, { "d.txt": "good" });
  assert.deepEqual([kept.sort(), lost.sort()], [["a.txt", "d.txt"], ["b.txt", "c.txt"]]);
});

test("a search of one or two asks the check at once, and an oracle that passes is no answer", async () => {
  using place = await ground(FILES);
  const check = checked(() => Promise.resolve(undefined));
  const engine = await engineOn(place, { checks: [check], proposers: [] });
  assert.deepEqual((await tried(engine, place.tree, { "a.txt": "good", "b.txt": "good" })).kept, ["a.txt", "b.txt"]);
  assert.equal(check.count, 2);
  assert.deepEqual((await tried(engine, place.tree, { "a.txt": "good", "b.txt": "good", "c.txt": "good" })).kept, NAMES);
  assert.deepEqual([check.count, engine.of("looked").length], [3, 0]);
});
