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
