/** Specs of one name keep apart: each has its own record, and with it branches of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { openSpecRecord } from "./spec-record.ts";
import { openState } from "./state.ts";

test("two specs of the same name have records and names of their own; what is kept of one is there again, until it is forgotten", async () => {
  using folder = temporaryRepository({ "PLAN.md": "- [ ] a\n" });
  await using state = await openState(folder.root, { lock: false });
  const open = (file: string, forget = false): ReturnType<typeof openSpecRecord> => openSpecRecord(state, { file, slug: "plan", forget });
  const first = await open("PLAN.md");
  first.keep({ chunkTokens: 5_000 });
  await first.save();
  const second = await open("docs/specs/plan.md");
  await second.save();
  assert.deepEqual([first.name, /^plan-[0-9a-f]{6}$/.test(second.name), second.state.chunkTokens], ["plan", true, undefined]);
  assert.deepEqual([(await open("docs/specs/plan.md")).name, (await open("PLAN.md")).state.chunkTokens], [second.name, 5_000]);
  assert.equal((await open("PLAN.md", true)).state.chunkTokens, undefined);
});
