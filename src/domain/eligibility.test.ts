import assert from "node:assert/strict";
import { test } from "node:test";
import { ELIGIBILITY, ineligibility, type Standing } from "./eligibility.ts";
import { reason } from "./reason.ts";
import type { Suggestion, Trust } from "./suggestion.ts";

const TRUST: Trust = { average: 90, minimum: 70, tiers: ["auto"] };

function suggestion(parts: Partial<Suggestion> = {}): Suggestion {
  return { file: "a.ts", origin: { source: "test", input: "-", number: 1 }, advice: [], trust: TRUST, ...parts };
}

function codeOf(parts: Partial<Trust>, standing: Standing = { kind: "text" }, isDenied = false): string | undefined {
  const deny = (file: string) => (isDenied ? reason("deny", "denied", { file, prefix: file }) : undefined);
  return ineligibility(suggestion({ trust: { ...TRUST, ...parts } }), standing, ELIGIBILITY, deny)?.code;
}

test("GOOD: figures at the bound, any other tier, and no confidence at all where none is stated", () => {
  assert.equal(codeOf({}), undefined);
  assert.equal(codeOf({ average: 100, minimum: 100, tiers: ["dry_run", "auto"] }, { kind: "text", reviewed: "same" }), undefined);
  const { trust: _, ...bare } = suggestion();
  assert.equal(ineligibility(bare, { kind: "text" }, ELIGIBILITY, () => undefined), undefined);
});

test("BAD: each doubt, in its order: what comes first is the reason", () => {
  const worst: Partial<Trust> = { tiers: ["block"], average: 0, minimum: 0 };
  const kinds = { binary: "file-not-text", symlink: "file-symlink", "through-symlink": "file-symlink", submodule: "file-submodule", folder: "file-folder", ignored: "file-ignored", untracked: "file-untracked", missing: "file-missing" } as const;
  for (const [kind, code] of Object.entries(kinds)) assert.equal(codeOf(worst, { kind: kind as keyof typeof kinds, reviewed: "changed" }, true), code);
  assert.equal(codeOf(worst, { kind: "text", reviewed: "changed" }, true), "stale");
  assert.equal(codeOf(worst, { kind: "text", reviewed: "unknown-commit" }, true), "commit-unknown");
  assert.equal(codeOf(worst, { kind: "text" }, true), "tier-blocked");
  for (const tier of ["block", "simulation"]) assert.equal(codeOf({ tiers: ["auto", tier] }), "tier-blocked");
  assert.equal(codeOf({ tiers: [] }), "tier-absent");
  assert.equal(codeOf({ average: 89.99, minimum: 0 }, { kind: "text" }, true), "confidence-low");
  assert.equal(codeOf({ minimum: 69 }, { kind: "text" }, true), "confidence-low");
  assert.equal(codeOf({}, { kind: "text" }, true), "denied");
});

test("nothing but a number from 0 to 100 passes", () => {
  for (const figure of ["95", "absent", "null", "Infinity", Infinity, -Infinity, NaN, 100.1, 1e300, -1]) {
    assert.equal(codeOf({ average: figure }), "confidence-unusable", String(figure));
    assert.equal(codeOf({ minimum: figure }), "confidence-unusable", String(figure));
  }
});
