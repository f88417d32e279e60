import assert from "node:assert/strict";
import { test } from "node:test";
import { finding } from "../../domain/finding.ts";
import { propose } from "../../../test/support/gates.ts";
import { settles } from "./rules.ts";

const by = (rule: string): ReturnType<typeof propose> =>
  propose([], { findings: [finding({ by: "eslint", rule, category: "other", message: "m" })] });

test("a rule is known by its own name, with any prefix", () => {
  assert.ok(settles(by("eol-last"), "eol-last"));
  assert.ok(settles(by("@stylistic/js/eol-last"), "eol-last"));
  assert.ok(!settles(by("no-eol-last"), "eol-last"));
  assert.ok(!settles(propose([]), "eol-last"));
});
