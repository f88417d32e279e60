import assert from "node:assert/strict";
import { test } from "node:test";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./display.ts";

const edits = [edit("a.ts", 0, "a", "b")];

test("GOOD: safe and unsafe are both tried, since the trial judges", () => {
  assert.deepEqual(gate.judge(propose(edits, { safety: "safe" }), context()), []);
  assert.deepEqual(gate.judge(propose(edits, { safety: "unsafe" }), context()), []);
});

test("BAD: display only, with what the proposer knows", () => {
  const judged = gate.judge(propose(edits, { safety: "display", title: "Add a type", caution: "placeholder" }), context());
  assert.deepEqual(judged, [{ by: "display", code: "display-only", args: { title: "Add a type", caution: "placeholder" } }]);
});

test("BAD: display only, without a word", () => {
  assert.equal(gate.judge(propose(edits, { safety: "display" }), context())[0]?.args["caution"], "");
});
