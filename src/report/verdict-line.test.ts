import assert from "node:assert/strict";
import { test } from "node:test";
import { proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { verdictLine } from "./verdict-line.ts";

const made = proposal({ findings: [], by: "try", rung: 0, base: "tree", title: "a\nb \u001b[31m", safety: "safe", edits: [] });

test("a verdict is one plain line with its first reason", () => {
  assert.match(verdictLine({ kind: "better", proposal: made, reasons: [], evidence: [] }), /^better: a b /);
  const worse = verdictLine({ kind: "worse", proposal: made, reasons: [reason("tsc", "timeout", { detail: "" })], evidence: [] });
  assert.match(worse, /^worse: a b .*: \S/);
  assert.doesNotMatch(worse, /[\u0000-\u001f]/);
});
