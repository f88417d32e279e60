import assert from "node:assert/strict";
import { test } from "node:test";
import { BRANCH, recorded, RUN } from "../../test/support/runs.ts";
import { runsTable, undone } from "./runs.ts";

test("runs are listed one a line, aligned", () => {
  const { tip: _tip, ...gone } = recorded({ undone: true, remaining: [] });
  assert.equal(
    runsTable([recorded({ dryRun: true }), gone, recorded()]),
    [
      `${RUN}  2025-01-31 12:00:05 UTC  repair  finished  1 would land  3 remain`,
      `${RUN}  2025-01-31 12:00:05 UTC  repair  undone    1 landed`,
      `${RUN}  2025-01-31 12:00:05 UTC  repair  finished  1 landed      3 remain  stet/repair-${RUN}`,
    ].join("\n"),
  );
  assert.equal(runsTable([]), "No runs yet: stet repair makes one.");
});

test("an undo says where the branch stands now", () => {
  assert.equal(undone(RUN, BRANCH, null), `Took back run ${RUN}: stet/repair-${RUN} is gone.`);
  assert.equal(undone(RUN, BRANCH, "abcdef0123"), `Took back run ${RUN}: stet/repair-${RUN} stands at abcdef0 again.`);
});
