/** The bench's own instruments: what it generates is the same each time, and the reference loop lands exactly the good. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { bars } from "../bench/bars.ts";
import { referenceLoop } from "../bench/reference/loop.ts";
import { latestRows, passesGate, rowsFor } from "../bench/reference/rows.ts";
import { SCENARIOS } from "../bench/scenarios.ts";
import { countOf, newFindings, runCheck } from "../bench/support/checks.ts";
import { checkOut, makeRepository } from "../bench/support/repository.ts";
import { median, short } from "../bench/support/statistics.ts";
import { changed } from "../bench/workspace/change.ts";
import { MAX_MODULES, nameOf } from "../bench/workspace/names.ts";
import { generate } from "../bench/workspace/workspace.ts";
import { packageRoot, temporaryFolder } from "./support/workspace.ts";

const modules = join(packageRoot, "node_modules");

test("a workspace is the same for the same seed, and another one for another", () => {
  const options = { files: 60, checks: "tests", patches: { count: 40, badPercent: 20 } } as const;
  assert.deepEqual(generate({ seed: 1, ...options }), generate({ seed: 1, ...options }));
  assert.notDeepEqual(generate({ seed: 1, ...options }).files, generate({ seed: 2, ...options }).files);
});

test("every module has a name of its own", () => {
  const names = Array.from({ length: MAX_MODULES }, (_, index) => nameOf(index, MAX_MODULES));
  assert.equal(new Set(names.map(({ type }) => type)).size, MAX_MODULES);
  assert.equal(new Set(names.map(({ file }) => file)).size, MAX_MODULES);
});

for (const checks of ["types", "lint", "tests"] as const) {
  test(`patches for ${checks}: the share that was asked for is bad, each in a file of its own, each fits`, () => {
    for (const badPercent of [0, 5, 20, 50]) {
      const { files, patches } = generate({ seed: 3, files: 120, checks, patches: { count: 100, badPercent } });
      assert.equal(patches.length, 100);
      assert.equal(new Set(patches.map(({ file }) => file)).size, 100);
      assert.equal(patches.filter(({ isBad }) => isBad).length, badPercent);
      assert.equal(patches.filter(({ shows }) => shows === "other").length, Math.round(badPercent * 0.15));
      for (const patch of patches) assert.notEqual(changed(files.get(patch.file) ?? "", patch), files.get(patch.file));
    }
  });
}

test("small modules take every kind of patch too", () => {
  const { patches } = generate({ seed: 3, files: 120, size: "small", checks: "types", patches: { count: 100, badPercent: 50 } });
  assert.equal(patches.length, 100);
});

test("faults are what the compiler finds, one each, and can be undone by their text", async () => {
  using folder = temporaryFolder();
  const workspace = generate({ seed: 4, files: 25, checks: "types", faults: { count: 16, kind: "types" } });
  const root = join(folder.root, "project");
  await makeRepository(root, workspace.files, modules);
  const reading = await runCheck("tsc", root);
  assert.equal(countOf(reading), 16);
  const found = [...reading.findings.keys()].map((key) => /^(\S+) (TS\d+): /.exec(key)?.slice(1).join(" "));
  assert.deepEqual(found.sort(), workspace.faults.map(({ file, rule }) => `${file} ${rule}`).sort());
  for (const { file, before, after } of workspace.faults) {
    changed(workspace.files.get(file) ?? "", { file, before: after, after: before });
  }
});

test("the reference loop lands the good changes and no other", async () => {
  using folder = temporaryFolder();
  const patches = { count: 4, badPercent: 50 };
  const workspace = generate({ seed: 5, files: 12, checks: "types", patches });
  const [root, worktree] = [join(folder.root, "project"), join(folder.root, "worktree")];
  await makeRepository(root, workspace.files, modules);
  await checkOut(root, "main", worktree, modules);
  const jsonl = rowsFor(workspace.patches);
  const result = await referenceLoop({ root: worktree, jsonl, checks: ["tsc"], maxRows: Infinity, endAtMs: Infinity });
  const good = workspace.patches.filter(({ isBad }) => !isBad).map(({ file }) => file);
  assert.deepEqual([...result.landed].sort(), good.sort());
  assert.deepEqual([result.rows, result.tried, result.reverted.length, result.refused], [4, 4, 2, []]);
});

test("rows: the latest of a file counts, bad lines are skipped, the sure ones come first, the gate refuses", () => {
  const [row] = latestRows(rowsFor([{ file: "a.ts", before: "one", after: "two" }]));
  assert.ok(row);
  assert.equal(row.patch.old_string, "one");
  assert.ok(passesGate(row));
  for (const grade of [{ gradient_tier: "block" }, { confidence_avg: 89 }, { confidence_min: 69 }]) {
    assert.ok(!passesGate({ ...row, ...grade }), JSON.stringify(grade));
  }
  const sure = JSON.stringify({ ...row, file: "b.ts", confidence_avg: 99 });
  const tie = JSON.stringify({ ...row, patch: { old_string: "last", new_string: "" } });
  const rows = latestRows(["{", "[]", JSON.stringify(row), sure, tie].join("\n"));
  assert.deepEqual(rows.map(({ file, patch }) => `${file} ${patch.old_string}`), ["b.ts one", "a.ts last"]);
});

test("a finding that rose or a test that vanished is new; one that moved is not", () => {
  const reading = (findings: Record<string, number>, tests: number) => ({ findings: new Map(Object.entries(findings)), tests, seconds: 0, peakBytes: 0 });
  assert.deepEqual(newFindings(reading({ a: 1, b: 2 }, 3), reading({ a: 1, b: 1 }, 3)), []);
  assert.deepEqual(newFindings(reading({ a: 1 }, 3), reading({ a: 2, c: 1 }, 2)), ["a", "c", "1 tests vanished"]);
});

test("bars: what was not measured neither holds nor fails; what was is held against its limit", () => {
  assert.ok(bars([]).every(({ holds }) => holds === undefined));
  const line = { scenario: "startup", repeats: 1 };
  const measured = bars([{ ...line, what: "node -e 0", seconds: 1 }, { ...line, what: "stet --help", seconds: 3 }, { ...line, what: "stet --version", seconds: 2 }]);
  assert.deepEqual(measured.flatMap(({ holds }) => holds ?? []), [true, false]);
  const worse = bars([{ ...line, what: "stet", seconds: 1, worse: 1 }]).at(-1);
  assert.deepEqual([worse?.measured, worse?.holds], ["1.00 changes", false]);
});

test("every bar is read from a scenario that there is", () => {
  const names = new Set(["all", ...SCENARIOS.map(({ name }) => name)]);
  assert.deepEqual(bars([]).map(({ scenario }) => scenario).filter((name) => !names.has(name)), []);
  assert.equal(names.size, SCENARIOS.length + 1, "a name that stands for two scenarios");
});

test("medians and figures", () => {
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3]), median([])], [2, 2.5, Number.NaN]);
  assert.deepEqual([0, 0.041_67, 1.534, 212.4, Number.NaN].map(short), ["0", "0.0417", "1.53", "212", "n/a"]);
});
