import assert from "node:assert/strict";
import { test } from "node:test";
import { recorded, RUN } from "../../test/support/runs.ts";
import { postmortem } from "./postmortem.ts";

test("a postmortem tells what was done and how to go on", () => {
  const text = postmortem(recorded());
  assert.match(text, new RegExp(`^# Run \`${RUN}\` ended early\n\n- command: \`stet repair\``));
  assert.match(text, /\n- landed: 1 on `refs\/heads\/stet\/repair-/);
  assert.match(text, /\nThe last verdicts:\n- 2025-01-31 12:00:05 UTC better: TS2304 in src\/a\.ts: Import x\n/);
});
