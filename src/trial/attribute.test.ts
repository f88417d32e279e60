import assert from "node:assert/strict";
import { test } from "node:test";
import { finding, type Finding } from "../domain/finding.ts";
import type { Proposal } from "../domain/proposal.ts";
import { edit, propose } from "../../test/support/gates.ts";
import { attribute, withOnlySuspects, type Blame, type Sight, type Span } from "./attribute.ts";

const at = (file: string, line: number): Finding =>
  finding({ by: "tsc", rule: "r", category: "other", message: `${file}:${line}`, at: { file, line, column: 1 } });
const nowhere = finding({ by: "test", rule: "r", category: "other", message: "no place" });

/** A proposal that changes these lines. */
interface Placed {
  readonly proposal: Proposal;
  readonly spans: readonly Span[];
}
const changing = (name: string, ...spans: readonly [file: string, from: number, to: number][]): Placed => ({
  proposal: propose(spans.map(([file]) => edit(file, 0, "", name))),
  spans: spans.map(([file, from, to]) => ({ file, from, to })),
});

interface Names {
  readonly culprits: string[];
  readonly certain: string[];
  readonly suspects: string[];
}

function blame(risen: readonly Finding[], all: Readonly<Record<string, Placed>>, imports: Record<string, string[]> = {}, sight: Sight = {}): Names {
  const placed = Object.entries(all);
  const spans = new Map(placed.map(([, one]) => [one.proposal, one.spans]));
  const names = (set: { has(one: Proposal): boolean }): string[] => placed.filter(([, one]) => set.has(one.proposal)).map(([name]) => name);
  const terrain = { spans: (one: Proposal) => spans.get(one) ?? [], reaches: (file: string) => new Set(imports[file]) };
  const result: Blame = withOnlySuspects(attribute(risen, placed.map(([, one]) => one.proposal), terrain, sight), risen);
  const suspects = [...result.suspects.values(), ...result.editors.values()].flat();
  return { culprits: names(result.culprits), certain: names(result.certain), suspects: names(new Set(suspects)) };
}

test("the only one that edits the finding's file near to it is certain", () => {
  const one = changing("one", ["a.ts", 10, 12]);
  for (const line of [5, 10, 11, 12, 17]) {
    assert.deepEqual(blame([at("a.ts", line)], { one }), { culprits: ["one"], certain: ["one"], suspects: [] }, String(line));
  }
  for (const line of [4, 18]) {
    assert.deepEqual(blame([at("a.ts", line)], { one }), { culprits: ["one"], certain: [], suspects: [] }, String(line));
  }
});

test("of several in the file the nearest is blamed, and none is certain", () => {
  const all = { far: changing("far", ["a.ts", 1, 1]), near: changing("near", ["b.ts", 90, 90], ["a.ts", 20, 20]) };
  assert.deepEqual(blame([at("a.ts", 19)], all), { culprits: ["near"], certain: [], suspects: [] });
  assert.deepEqual(blame([at("a.ts", 2)], all), { culprits: ["far"], certain: [], suspects: [] });
});

test("where a finding follows from its file alone, its only editor is certain at any distance; several are suspects", () => {
  const all = { one: changing("one", ["a.py", 90, 90]), two: changing("two", ["b.py", 1, 1]), three: changing("three", ["b.py", 90, 90]) };
  const sight = { isOfItsFile: () => true };
  assert.deepEqual(blame([at("a.py", 1)], all, {}, sight), { culprits: ["one"], certain: ["one"], suspects: [] });
  assert.deepEqual(blame([at("b.py", 2)], all, {}, sight), { culprits: [], certain: [], suspects: ["two", "three"] });
  assert.deepEqual(blame([at("b.py", 2)], all, {}, { isOfItsFile: () => false }), { culprits: ["two"], certain: [], suspects: [] });
});

test("a finding in a file that nobody edits leads to the one that edits what it imports", () => {
  const all = { one: changing("one", ["lib.ts", 1, 1]), other: changing("other", ["else.ts", 1, 1]) };
  const found = blame([at("use.ts", 1)], all, { "use.ts": ["lib.ts"] });
  assert.deepEqual(found, { culprits: ["one"], certain: [], suspects: [] });
});

test("several that may be behind it are suspects, not culprits", () => {
  const all = { one: changing("one", ["lib.ts", 1, 1]), two: changing("two", ["deep.ts", 1, 1]), other: changing("other", ["x.ts", 1, 1]) };
  const found = blame([at("use.ts", 1)], all, { "use.ts": ["lib.ts", "deep.ts"] });
  assert.deepEqual(found, { culprits: [], certain: [], suspects: ["one", "two"] });
});

test("a finding without a place is blamed on nobody; one out of all reach makes all suspect, and none a culprit", () => {
  const all = { one: changing("one", ["lib.ts", 1, 1]), two: changing("two", ["other.ts", 1, 1]) };
  assert.deepEqual(blame([nowhere], all), { culprits: [], certain: [], suspects: [] });
  assert.deepEqual(blame([nowhere, at("use.ts", 1)], all), { culprits: [], certain: [], suspects: ["one", "two"] });
});

test("each finding is looked at by itself", () => {
  const all = { one: changing("one", ["a.ts", 1, 1]), two: changing("two", ["b.ts", 1, 1]), three: changing("three", ["c.ts", 1, 1]) };
  assert.deepEqual(blame([at("a.ts", 1), at("b.ts", 90), nowhere], all), { culprits: ["one", "two"], certain: ["one"], suspects: [] });
});
