/** examples/notes by an agent that speaks ACP, a real process in the sandbox, to GitLab. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byAgent } from "./support/notes-builds.ts";

test("an agent builds the spec from two files to its last part, and each commit's own check is green in a fresh clone", async (context) => {
  const figures = await byAgent("gitlab");
  context.diagnostic(JSON.stringify(figures));
  assert.deepEqual([figures.commits, figures.turns], [5, 11]);
});
