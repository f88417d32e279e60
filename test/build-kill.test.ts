/**
 * examples/notes from an empty repository to its last part: the built-in loop with a scripted model, to GitLab; the same loop
 * replayed from that tape, to GitHub, killed with -9 three times on the way.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { recorded, replayedAndKilled } from "./support/notes-builds.ts";

test("from two files to five green commits in two parts; and killed three times, each lands once and has one pull request", async (context) => {
  const { tape, ...undisturbed } = await recorded("gitlab", { checksEach: false });
  context.diagnostic(JSON.stringify(undisturbed));
  // Five tasks, one of which is mended once, and five second looks.
  assert.equal(undisturbed.turns, 11);
  const killed = await replayedAndKilled(tape, "github");
  context.diagnostic(JSON.stringify(killed));
  assert.deepEqual([killed.commits, killed.parts], [5, undisturbed.parts]);
});
