import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseFiles } from "./choose-files.ts";
import type { Suggestion } from "./suggestion.ts";

function from(file: string, average: number | undefined, number: number): Suggestion {
  const said = { file, origin: { source: "test", input: "-", number }, advice: [] };
  return average === undefined ? said : { ...said, trust: { average, minimum: 70, tiers: ["auto"] } };
}

test("the most trusted files are tried, all of what is said of them, and nothing is lost", () => {
  const given = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e", "f", "g"), fc.option(fc.integer({ min: 90, max: 100 }), { nil: undefined })));
  fc.assert(fc.property(given, fc.nat(6), (pairs, maxFiles) => {
    const all = pairs.map(([file, average], index) => from(file, average, index));
    const { chosen, notTried } = chooseFiles(all, maxFiles);
    const files = (some: readonly Suggestion[]): Set<string> => new Set(some.map(({ file }) => file));
    assert.ok(files(chosen).size <= maxFiles && files(chosen).isDisjointFrom(files(notTried)));
    assert.deepEqual(new Set([...chosen, ...notTried]), new Set(all));
    const best = (file: string): number => Math.max(...pairs.filter(([name]) => name === file).map(([, average]) => average ?? 100));
    for (const one of files(chosen)) for (const other of files(notTried)) assert.ok(best(one) >= best(other));
  }));
});
