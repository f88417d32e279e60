import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { finding, type Finding } from "../domain/finding.ts";
import { proposal, type Proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { search, type Judgement, type SearchResult } from "./search.ts";

/**
 * A world whose truth is known: which proposals break something by themselves, and which sets do so together or only
 * apart. `judge` is the oracle; the search sees nothing else.
 */
interface World {
  readonly count: number;
  /** Red whenever present. */
  readonly bad: ReadonlySet<number>;
  /** Red when both are present. */
  readonly clash: readonly (readonly [number, number])[];
  /** Red when exactly one of them is present. */
  readonly need: readonly (readonly [number, number])[];
  /**
   * Where a new finding stands: where the guilty one edits, in a file that others may have broken too, in none, or at the top
   * of the guilty one's file, which others edit nearer to it.
   */
  readonly shows: "here" | "elsewhere" | "nowhere" | "atTop";
}

const fileOf = (index: number): string => `src/${index}.ts`;
/** Ten proposals edit each of these, one below the other. */
const sharedOf = (index: number): string => `shared/${Math.floor(index / 10)}.py`;
const userOf = (index: number): string => `users/${index % 7}.ts`;
const risenAt = (index: number, shows: World["shows"]): Finding => {
  const file = { here: fileOf, elsewhere: userOf, nowhere: fileOf, atTop: sharedOf }[shows](index);
  const at = shows === "nowhere" ? {} : { at: { file, line: 1, column: 1 } };
  return finding({ by: "tsc", rule: "TS1", category: "other", message: `new in ${index}`, ...at });
};
const own = (index: number): Finding => finding({ by: "tsc", rule: "TS2", category: "other", message: `old ${index}` });

function proposalsOf({ count }: World): Proposal[] {
  return Array.from({ length: count }, (_, index) =>
    proposal({
      findings: [own(index)],
      by: "test",
      rung: 0,
      base: "tree",
      title: `p${index}`,
      safety: "safe",
      edits: [{ file: fileOf(index), start: 0, before: "a", after: "b" }],
    }),
  );
}

function redOnes(world: World, present: ReadonlySet<number>): number[] {
  const alone = [...world.bad].filter((index) => present.has(index));
  const together = world.clash.filter(([one, other]) => present.has(one) && present.has(other)).map(([, other]) => other);
  const apart = world.need.filter(([one, other]) => present.has(one) !== present.has(other)).map(([one, other]) => (present.has(one) ? one : other));
  return [...new Set([...alone, ...together, ...apart])];
}

/** As a check that may be at odds with itself: each red can be looked at once more, which is counted. */
async function confirmations(world: World): Promise<{ confirmed: number; accepted: number }> {
  let confirmed = 0;
  const proposals = proposalsOf(world);
  const judge = (set: readonly Proposal[]): Promise<Judgement> => {
    const risen = set.flatMap((one) => (world.bad.has(proposals.indexOf(one)) ? [risenAt(proposals.indexOf(one), "nowhere")] : []));
    const reasons = risen.map((one) => reason("test", "new-finding", { message: one.message }));
    const weight = { kind: risen.length > 0 ? ("worse" as const) : ("better" as const), risen, fallen: set.flatMap(({ findings }) => findings), uncovered: [], reasons };
    const judgement: Judgement = { weight, evidence: [] };
    const confirm = (): Promise<Judgement> => {
      confirmed++;
      return Promise.resolve(judgement);
    };
    return Promise.resolve(risen.length > 0 ? { ...judgement, confirm } : judgement);
  };
  const result = await search({ proposals, judge, terrain: { spans: () => [], reaches: () => new Set() }, accepts: "better" });
  return { confirmed, accepted: result.accepted.length };
}

interface Solution {
  readonly result: SearchResult;
  readonly accepted: Set<number>;
  readonly judged: Set<string>;
  readonly calls: number;
  /** Looks at the broken files alone. */
  readonly probes: number;
}

async function solve(world: World): Promise<Solution> {
  const proposals = proposalsOf(world);
  const indexOf = new Map(proposals.map((one, index) => [one, index]));
  const judged = new Set<string>();
  let [calls, probes] = [0, 0];
  const presentIn = (set: readonly Proposal[]): Set<number> => new Set(set.map((one) => indexOf.get(one) ?? -1));
  const probe = (set: readonly Proposal[], files: readonly string[]): Promise<Set<string>> => {
    probes++;
    const fileIn = world.shows === "atTop" ? sharedOf : userOf;
    return Promise.resolve(new Set(redOnes(world, presentIn(set)).map(fileIn).filter((file) => files.includes(file))));
  };
  const judge = (set: readonly Proposal[]): Promise<Judgement> => {
    calls++;
    const present = presentIn(set);
    judged.add([...present].join(","));
    const red = redOnes(world, present);
    const risen = red.map((index) => risenAt(index, world.shows));
    const fallen = [...present].map(own);
    const reasons = risen.map((one) => reason("tsc", "new-finding", { message: one.message }));
    const weight = { kind: risen.length > 0 ? ("worse" as const) : ("better" as const), risen, fallen, uncovered: [], reasons };
    const sight = { elsewhere: { probe }, atTop: { probe, isOfItsFile: () => true }, here: {}, nowhere: {} }[world.shows];
    return Promise.resolve({ weight, evidence: [], ...sight });
  };
  const terrain = {
    spans: (one: Proposal) => {
      const index = indexOf.get(one) ?? -1;
      return world.shows === "atTop" ? [{ file: sharedOf(index), from: 10 + index, to: 10 + index }] : [{ file: fileOf(index), from: 1, to: 1 }];
    },
    reaches: () => new Set(proposals.map((_, index) => fileOf(index))),
  };
  const result = await search({ proposals, judge, terrain, accepts: "better" });
  return { result, accepted: new Set(result.accepted.map((one) => indexOf.get(one) ?? -1)), judged, calls, probes };
}

const SHOWS: readonly World["shows"][] = ["here", "elsewhere", "nowhere", "atTop"];

const pair = (count: number): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).filter(([one, other]) => one < other);

const worlds: fc.Arbitrary<World> = fc.integer({ min: 2, max: 14 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    bad: fc.uniqueArray(fc.nat(count - 1), { maxLength: count }).map((list) => new Set(list)),
    clash: fc.array(pair(count), { maxLength: 2 }),
    need: fc.array(pair(count), { maxLength: 2 }),
    shows: fc.constantFrom(...SHOWS),
  }),
);

test("what is accepted was measured as that very set, and is green", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { accepted, judged } = await solve(world);
      assert.deepEqual(redOnes(world, accepted), []);
      assert.ok(accepted.size === 0 || judged.has([...accepted].join(",")));
    }),
    { numRuns: 400 },
  );
});

test("every proposal is either accepted or struck with a reason, never both, never lost", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { result } = await solve(world);
      const all = [...result.accepted, ...result.struck.map((verdict) => verdict.proposal)];
      assert.equal(new Set(all).size, world.count);
      assert.equal(all.length, world.count);
      for (const verdict of result.struck) assert.ok(verdict.reasons.length > 0);
    }),
  );
});

test("where each bad one is bad by itself, exactly the good ones are accepted", async () => {
  const simple = worlds.map((world) => ({ ...world, clash: [], need: [] }));
  await fc.assert(
    fc.asyncProperty(simple, async (world) => {
      const { accepted } = await solve(world);
      const good = Array.from({ length: world.count }, (_, index) => index).filter((index) => !world.bad.has(index));
      assert.deepEqual([...accepted].sort((a, b) => a - b), good);
    }),
  );
});

test("two that are green alone and red together: one of them is accepted, and all others", async () => {
  for (const shows of SHOWS) {
    const { accepted } = await solve({ count: 8, bad: new Set(), clash: [[2, 5]], need: [], shows });
    assert.equal(accepted.size, 7);
  }
});

test("two that are red alone and green together are both accepted, also beside bad ones", async () => {
  for (const shows of SHOWS) {
    for (const bad of [[], [0], [7], [0, 7]]) {
      const { accepted } = await solve({ count: 8, bad: new Set(bad), clash: [], need: [[2, 5]], shows });
      assert.equal(accepted.size, 8 - bad.length, `shows ${shows}, bad ${bad.join()}`);
    }
  }
});

const many: fc.Arbitrary<World> = fc.integer({ min: 15, max: 120 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    bad: fc.uniqueArray(fc.nat(count - 1), { maxLength: count }).map((list) => new Set(list)),
    clash: fc.array(pair(count), { maxLength: 3 }),
    need: fc.array(pair(count), { maxLength: 3 }),
    shows: fc.constantFrom(...SHOWS),
  }),
);

test("the number of measurements is at most 2N + 11", async () => {
  for (const [kind, numRuns] of [[worlds, 400], [many, 60]] as const) {
    const bounded = fc.asyncProperty(kind, async (world) => {
      const { calls } = await solve(world);
      assert.ok(calls <= 2 * world.count + 11, `${calls} measurements for ${world.count}`);
    });
    await fc.assert(bounded, { numRuns });
  }
});

/** Every so-manieth of a hundred is bad. */
function everyOf100(step: number, shows: World["shows"]): World {
  const bad = new Set(Array.from({ length: 100 }, (_, index) => index).filter((index) => index % step === step - 1));
  return { count: 100, bad, clash: [], need: [], shows };
}

test("of 100 proposals, few measurements are needed where findings say where they stand", async () => {
  assert.equal((await solve({ ...everyOf100(2, "here"), bad: new Set() })).calls, 1);
  assert.ok((await solve({ ...everyOf100(2, "here"), bad: new Set([3]) })).calls <= 3);
  for (const step of [20, 5, 2]) assert.ok((await solve(everyOf100(step, "here"))).calls <= 4, `one of ${step}`);
});

test("of 100 proposals, where findings say nothing of the place, halving is given up for one by one as more are bad", async () => {
  assert.ok((await solve(everyOf100(20, "nowhere"))).calls <= 38);
  assert.ok((await solve(everyOf100(5, "nowhere"))).calls <= 80);
  assert.ok((await solve(everyOf100(2, "nowhere"))).calls <= 101);
});

test("what shows in files that nobody edits is found by looks at these alone", async () => {
  const one = await solve({ ...everyOf100(100, "elsewhere") });
  assert.deepEqual([one.calls <= 3, one.probes <= 12], [true, true], `${one.calls} measurements, ${one.probes} looks`);
  for (const [step, calls, probes] of [[20, 4, 60], [5, 4, 200]] as const) {
    const found = await solve(everyOf100(step, "elsewhere"));
    assert.equal(found.accepted.size, 100 - 100 / step);
    assert.ok(found.calls <= calls && found.probes <= probes, `one of ${step}: ${found.calls} measurements, ${found.probes} looks`);
  }
});

test("what follows from one file alone is blamed on whoever brought it there, not on the one that edits nearest", async () => {
  for (const [step, calls, probes] of [[100, 3, 12], [20, 7, 12], [5, 5, 20]] as const) {
    const found = await solve(everyOf100(step, "atTop"));
    assert.equal(found.accepted.size, 100 - 100 / step);
    assert.ok(found.calls <= calls && found.probes <= probes, `one of ${step}: ${found.calls} measurements, ${found.probes} looks`);
  }
});

test("a red that may be chance is looked at again only where it decides and was seen in one set alone", async () => {
  const world: World = { count: 1, bad: new Set([0]), clash: [], need: [], shows: "nowhere" };
  assert.deepEqual(await confirmations(world), { confirmed: 1, accepted: 0 });
  assert.deepEqual(await confirmations({ ...world, count: 8 }), { confirmed: 0, accepted: 7 }, "with all, and in its group");
  assert.deepEqual(await confirmations(everyOf100(20, "nowhere")), { confirmed: 0, accepted: 95 });
});
