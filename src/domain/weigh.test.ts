import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { finding, type Finding } from "./finding.ts";
import type { Inventory, Reading } from "./reading.ts";
import { weigh } from "./weigh.ts";

function seen(message: string, line = 1): Finding {
  return finding({ by: "tsc", rule: "r", category: "other", message, at: { file: "a.ts", line, column: 1 } });
}

function read(findings: readonly Finding[], inventory?: Inventory, check = "tsc"): Reading {
  return { kind: "read", check, findings, durationMs: 1, ...(inventory && { inventory }) };
}

const faults = fc.constantFrom("crashed", "timeout", "missing", "unreadable", "flaky").map(
  (kind): Reading => ({ kind, check: "tsc", detail: "d", durationMs: 1 }),
);
const findings = fc.array(fc.record({ message: fc.constantFrom("a", "b", "c"), line: fc.nat(99) })).map((all) =>
  all.map(({ message, line }) => seen(message, line)),
);

test("a red base that stays as it is reads the same, wherever its findings moved", () => {
  fc.assert(fc.property(findings, fc.nat(99), (base, by) => {
    const moved = base.map(({ message }, index) => seen(message, index + by)).reverse();
    const weight = weigh([read(base)], [read(moved)]);
    assert.deepEqual([weight.kind, weight.risen, weight.fallen], ["same", [], []]);
  }));
});

test("fewer of the same is better; anything new is worse, whatever else is gone", () => {
  fc.assert(fc.property(findings, findings, (rest, gone) => {
    const expected = gone.length > 0 ? "better" : "same";
    const weight = weigh([read([...rest, ...gone])], [read(rest)]);
    assert.equal(weight.kind, expected);
    assert.equal(weight.fallen.length, gone.length);
    assert.equal(weigh([read([...rest, ...gone])], [read([...rest, seen("new")])]).kind, "worse");
  }));
});

test("fixing one while adding another is worse, and says which", () => {
  const weight = weigh([read([seen("x")])], [read([seen("z", 7)])]);
  assert.equal(weight.kind, "worse");
  assert.deepEqual(weight.fallen.map(({ message }) => message), ["x"]);
  assert.deepEqual(weight.reasons, [
    { by: "tsc", code: "new-finding", args: { rule: "r", message: "z", file: "a.ts", line: 7 } },
  ]);
});

test("one more of what stands there already is worse", () => {
  assert.equal(weigh([read([seen("x")])], [read([seen("x"), seen("x")])]).kind, "worse");
});

test("what could not be read is never better nor the same", () => {
  fc.assert(fc.property(findings, findings, faults, (base, after, fault) => {
    assert.equal(weigh([read(base)], [fault]).kind, "unclear");
    assert.equal(weigh([fault], [read(after)]).kind, "unclear");
    assert.equal(weigh([], [read(after)]).kind, "unclear");
    const beside = weigh([read(base), read([], {}, "eslint")], [fault, read([], {}, "eslint")]);
    assert.equal(beside.kind, "unclear");
    assert.equal(beside.reasons.length, 1);
  }));
});

test("worse outweighs unclear, unclear outweighs better", () => {
  const crash: Reading = { kind: "crashed", check: "eslint", detail: "", durationMs: 1 };
  const base = [read([seen("x")]), read([], undefined, "eslint")];
  assert.equal(weigh(base, [read([seen("y")]), crash]).kind, "worse");
  assert.equal(weigh(base, [read([]), crash]).kind, "unclear");
});

test("a test that vanished or is skipped now is worse, even where findings fell", () => {
  const base = read([seen("x")], { a: "passed", b: "failed", c: "skipped" });
  const codes = (inventory: Inventory): string[] => weigh([base], [read([], inventory)]).reasons.map(({ code }) => code);
  assert.deepEqual(codes({ a: "passed", b: "passed", c: "skipped" }), []);
  assert.deepEqual(codes({ b: "failed", c: "skipped" }), ["test-vanished"]);
  assert.deepEqual(codes({ a: "skipped", b: "skipped", c: "skipped" }), ["test-skipped", "test-skipped"]);
  assert.deepEqual(codes({}), ["test-vanished", "test-vanished", "test-vanished"]);
  assert.equal(weigh([base], [read([])]).kind, "worse");
});

test("a test may bear the name of what every object inherits", () => {
  const had: Inventory = Object.fromEntries([["constructor", "passed"], ["toString", "passed"]]);
  assert.equal(weigh([read([], had)], [read([], {})]).reasons.length, 2);
});

test("a check left out after another one decided is not held against the tree", () => {
  assert.equal(weigh([read([seen("x")]), read([], {}, "vitest")], [read([])]).kind, "better");
});

/** A finding at a stage of an area, by a message of its own. */
function deep(message: string, stage: number, area = "a"): Finding {
  return finding({ by: "tsc", rule: "r", category: "other", message, depth: { area, stage } });
}

function reached(findings: readonly Finding[], areas: Readonly<Record<string, number>>): Reading {
  return { kind: "read", check: "tsc", findings, reached: areas, durationMs: 1 };
}

const always = (): boolean => true;

test("what lies behind what fell is uncovered where it has nothing to do with the change, else unclear", () => {
  const before = [reached([deep("wrong type", 1)], { a: 1 })];
  const after = [reached([deep("moved", 2)], { a: 3 })];
  const proven = weigh(before, after, always);
  assert.deepEqual([proven.kind, proven.risen, proven.uncovered.map(({ message }) => message)], ["better", [], ["moved"]]);
  const open = weigh(before, after);
  assert.deepEqual([open.kind, open.risen.map(({ message }) => message), open.reasons.map(({ code }) => code)], ["unclear", ["moved"], ["perhaps-uncovered"]]);
});

test("what the tool had come to is new, whatever it has to do with", () => {
  const before = [reached([deep("wrong type", 1)], { a: 1 })];
  assert.equal(weigh(before, [reached([deep("other type", 1)], { a: 1 })], always).kind, "worse");
  assert.equal(weigh(before, [reached([deep("other type", 1)], { a: 3 })], always).kind, "worse");
  assert.equal(weigh([reached([], { a: 3 })], [reached([deep("moved", 2)], { a: 3 })], always).kind, "worse");
  assert.equal(weigh([read([])], [reached([deep("moved", 2)], { a: 3 })], always).kind, "worse", "a reading without stages saw all");
});

test("an area that was not come to hides everything in it, also one that bears an inherited name", () => {
  const before = [reached([deep("x", 0, "lib")], { lib: 0 })];
  const after = [reached([deep("y", 0, "constructor")], { lib: 3, constructor: 0 })];
  assert.equal(weigh(before, after, always).kind, "better");
  assert.equal(weigh(before, after).kind, "unclear");
});

test("what the tool does not come to any more is not gone", () => {
  const before = [reached([deep("lint", 3), deep("lint", 3, "b")], { a: 3, b: 3 })];
  const weight = weigh(before, [reached([], { a: 1, b: 3 })], always);
  assert.deepEqual(weight.fallen.map(({ depth }) => depth?.area), ["b"]);
  // It may see more than its stages promise: then it is gone where the tool came as far as before.
  const early = weigh([reached([deep("t", 1), deep("early lint", 3)], { a: 1 })], [reached([deep("t", 1)], { a: 1 })]);
  assert.equal(early.kind, "better");
});

const stages = fc.array(fc.record({ message: fc.constantFrom("a", "b", "c"), stage: fc.nat(3), area: fc.constantFrom("x", "y") }), { maxLength: 6 });
const reach = fc.dictionary(fc.constantFrom("x", "y"), fc.nat(3));

function isGreen({ kind }: ReturnType<typeof weigh>): boolean {
  return kind === "better" || kind === "same";
}

test("stages never let pass what is not proven, nor what came where nothing fell", () => {
  const readingOf = (all: readonly { message: string; stage: number; area: string }[], areas: Record<string, number>): Reading[] =>
    [reached(all.map(({ message, stage, area }) => deep(message, stage, area)), areas)];
  fc.assert(fc.property(stages, reach, stages, reach, fc.boolean(), (old, far, now, further, isProven) => {
    const [before, after] = [readingOf(old, far), readingOf(now, further)];
    const weight = weigh(before, after, () => isProven);
    const plain = weigh(before.map((one) => ({ ...one, reached: { x: 3, y: 3 } })), after.map((one) => ({ ...one, reached: { x: 3, y: 3 } })));
    // Without stages the same readings may be worse; they are never better than with them, but for what was uncovered.
    if (isGreen(weight) && weight.uncovered.length === 0) assert.notEqual(plain.kind, "worse");
    if (isGreen(weight)) assert.equal(weight.risen.length, 0);
    if (!isProven) assert.equal(weight.uncovered.length, 0);
    if (weight.uncovered.length > 0) assert.notEqual(weight.fallen.length, 0);
    assert.ok(weight.uncovered.every(({ depth }) => depth && (far[depth.area] ?? -1) < depth.stage));
    assert.ok(weight.fallen.length <= plain.fallen.length);
    assert.equal(weight.risen.length + weight.uncovered.length, plain.risen.length);
  }));
});
