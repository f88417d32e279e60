import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lostCoverage, percentOf, totalOf, type Coverage, type Covered } from "./coverage.ts";
import type { Reading } from "./reading.ts";
import { weigh } from "./weigh.ts";

const covered = fc.tuple(fc.nat(50), fc.nat(50)).map(([hit, missed]): Covered => ({ lines: hit + missed, covered: hit }));
const files = fc.dictionary(fc.constantFrom("a.ts", "b.ts", "constructor", "__x"), covered);
const codes = (before: Coverage, after: Coverage): string[] => lostCoverage("c", before, after).map(({ code, args }) => `${code} ${String(args["file"])}`);

function read(coverage?: Coverage): Reading {
  return { kind: "read", check: "c", findings: [], durationMs: 1, ...(coverage && { coverage }) };
}

test("nothing is lost where nothing changed, nor where lines come to be covered", () => {
  fc.assert(fc.property(files, fc.nat(30), (all, more) => {
    assert.deepEqual(codes({ files: all }, { files: all }), []);
    const raised = Object.fromEntries(Object.entries(all).map(([file, { lines, covered: hit }]) => [file, { lines, covered: Math.min(lines, hit + more) }]));
    assert.deepEqual(codes({ files: all }, { files: raised }), []);
    assert.equal(weigh([read({ files: all })], [read({ files: raised })]).kind, "same");
  }));
});

test("a line that is no longer covered is lost, in its file and as a whole, and that is worse", () => {
  fc.assert(fc.property(files, fc.integer({ min: 1, max: 50 }), (rest, lines) => {
    const before = { files: { ...rest, "z.ts": { lines, covered: lines } } };
    const after = { files: { ...rest, "z.ts": { lines, covered: lines - 1 } } };
    assert.deepEqual(codes(before, after), ["coverage-fell ", "coverage-fell z.ts"]);
    assert.equal(weigh([read(before)], [read(after)]).kind, "worse");
  }));
});

test("covered lines that are gone are no loss, however far the share falls", () => {
  fc.assert(fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (hit, gone, missed) => {
    const before = { files: { a: { lines: hit + gone + missed, covered: hit + gone } } };
    assert.deepEqual(codes(before, { files: { a: { lines: hit + missed, covered: hit } } }), []);
  }));
});

test("what falls within the tolerance is no loss, what falls beyond it is", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }), (lost, tolerance) => {
    const before = { files: { a: { lines: 100, covered: 100 } } };
    const after = { files: { a: { lines: 100, covered: 100 - lost } }, tolerance };
    assert.equal(codes(before, after).length > 0, lost > tolerance);
  }));
});

test("a file that the report no longer has was lost, unless nothing of it was covered", () => {
  const had = { files: { a: { lines: 2, covered: 1 }, b: { lines: 2, covered: 0 }, constructor: { lines: 1, covered: 1 } } };
  assert.deepEqual(codes(had, { files: {} }), ["coverage-vanished a", "coverage-vanished constructor"]);
  const weight = weigh([read(had)], [read()]);
  assert.deepEqual([weight.kind, weight.reasons.length], ["worse", 2]);
});

test("a new file is held to the floor; one that was there is held to what it had", () => {
  const [low, b] = [{ lines: 10, covered: 7 }, { lines: 10, covered: 1 }];
  assert.deepEqual(codes({ files: { b } }, { files: { a: low, b }, floor: 70 }), []);
  assert.deepEqual(codes({ files: { b } }, { files: { a: low, b }, floor: 70.1 }), ["coverage-low a"]);
  assert.deepEqual(codes({ files: { a: low } }, { files: { a: low }, floor: 90 }), []);
});

test("the whole is the sum of its files, and nothing to run leaves nothing out", () => {
  const total = totalOf({ files: { a: { lines: 3, covered: 1 }, b: { lines: 1, covered: 1 } } });
  assert.deepEqual([total, percentOf(total)], [{ lines: 4, covered: 2 }, 50]);
  assert.equal(percentOf(totalOf({ files: {} })), 100);
});
