import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { edit, propose } from "../../test/support/gates.ts";
import type { Proposal } from "../domain/proposal.ts";
import { singleOut } from "./single-out.ts";

const ALL = Array.from({ length: 64 }, (_, index) => propose([edit(`src/${index}.ts`, 0, "", String(index))]));
const indexOf = new Map(ALL.map((one, index) => [one, index]));

/** For each file who breaks it, each of them by itself, and who is suspected besides. */
type Truth = readonly { readonly guilty: ReadonlySet<number>; readonly suspects: ReadonlySet<number> }[];

const some = (min: number, max: number): fc.Arbitrary<Set<number>> =>
  fc.uniqueArray(fc.nat(ALL.length - 1), { minLength: min, maxLength: max }).map((list) => new Set(list));
const truths = (mostGuilty: number): fc.Arbitrary<Truth> =>
  fc.array(fc.record({ guilty: some(1, mostGuilty), suspects: some(0, 40) }), { minLength: 1, maxLength: 12 });

async function solve(truth: Truth, answers = Infinity): Promise<{ found: Map<number, string[]> | undefined; asked: number }> {
  let asked = 0;
  const fileOf = (index: number): string => `users/${index}.ts`;
  const suspects = truth.map(({ guilty, suspects: others }, index): [string, Proposal[]] => {
    return [fileOf(index), ALL.filter((_, place) => guilty.has(place) || others.has(place))];
  });
  const found = await singleOut(new Map(suspects), (without, files) => {
    const isBroken = truth.map(({ guilty }) => ALL.some((one, place) => guilty.has(place) && !without.has(one)));
    const broken = truth.flatMap((_, index) => (isBroken[index] && files.includes(fileOf(index)) ? [fileOf(index)] : []));
    return Promise.resolve(++asked > answers ? undefined : new Set(broken));
  });
  const named = found && [...found].map(([one, files]): [number, string[]] => [indexOf.get(one) ?? -1, [...files]]);
  return { found: named && new Map(named), asked };
}

test("where each file was broken by one, exactly these are found", async () => {
  await fc.assert(
    fc.asyncProperty(truths(1), async (truth) => {
      const { found } = await solve(truth);
      const files = new Map<number, string[]>();
      for (const [index, { guilty: [one = -1] }] of truth.entries()) files.set(one, [...(files.get(one) ?? []), `users/${index}.ts`]);
      const sorted = (map: Map<number, string[]> | undefined): unknown => [...(map ?? [])].map(([one, own]) => [one, own.sort()]).sort();
      assert.deepEqual(sorted(found), sorted(files));
    }),
  );
});

test("an innocent one is never found, however many have broken a file", async () => {
  await fc.assert(
    fc.asyncProperty(truths(5), async (truth) => {
      const { found, asked } = await solve(truth);
      const guilty = new Set(truth.flatMap((one) => [...one.guilty]));
      assert.deepEqual([...(found?.keys() ?? [])].filter((one) => !guilty.has(one)), []);
      assert.ok(asked <= 200);
    }),
    { numRuns: 500 },
  );
});

test("two that break one file together, each known from a file of its own, do not point at a third", async () => {
  const truth = [
    { guilty: new Set([4, 44]), suspects: new Set([0, 45]) },
    { guilty: new Set([44]), suspects: new Set<number>() },
    { guilty: new Set([4]), suspects: new Set<number>() },
  ];
  assert.deepEqual([...((await solve(truth)).found?.keys() ?? [])].sort(), [4, 44]);
});

test("sixty files cost hardly more questions than one", async () => {
  const truth = (files: number): Truth => Array.from({ length: files }, (_, index) => ({ guilty: new Set([index % 60]), suspects: new Set(indexOf.values()) }));
  assert.ok((await solve(truth(1))).asked <= 8);
  assert.ok((await solve(truth(60))).asked <= 32, String((await solve(truth(60))).asked));
});

test("whom nobody suspects is not found, and nobody else in his place", async () => {
  let asked = 0;
  const found = await singleOut(new Map([["users/a.ts", ALL.slice(0, 9)]]), (_, files) => {
    asked++;
    return Promise.resolve(new Set(files));
  });
  assert.deepEqual([found?.size, asked <= 20], [0, true]);
});

test("where a question has no answer there is none", async () => {
  const truth = [{ guilty: new Set([3]), suspects: new Set([4, 5, 6]) }];
  assert.equal((await solve(truth, 0)).found, undefined);
  assert.equal((await solve(truth, 1)).found, undefined);
});
