/**
 * Review rows with patches, a known share of which is bad: `stet apply` beside the reference loop on the very same file. The cap on
 * files and the policy of mechanical edits are lifted, since the loop has neither, so that both try the same rows.
 */
import { writeFileSync } from "node:fs";
import { rowsFor } from "../reference/rows.ts";
import type { Bench } from "../support/bench.ts";
import { generate } from "../workspace/workspace.ts";
import type { ChangesOptions } from "./changes.ts";
import { CHECKS, lookAt, recordCold, recordReference, stetFromNothing } from "./shared.ts";

const SEED = 20_261;

export async function reviews(bench: Bench, scenario: string, options: ChangesOptions): Promise<void> {
  const { files, checks: kind, count, badPercent, sample, atLeast } = options;
  const workspace = generate({ seed: SEED, files, checks: kind, patches: { count, badPercent } });
  const root = await bench.repository(scenario, workspace.files);
  const rows = `${bench.newPath("rows")}.jsonl`;
  writeFileSync(rows, rowsFor(workspace.patches));
  const checks = CHECKS[kind];
  const cold = await bench.cold(root, checks);
  recordCold(bench, scenario, cold);
  const argv = ["apply", "--max-files", String(count), "--policy", "free", rows];
  const { run, seconds, repeats, peakBytes, checks: ran } = await stetFromNothing(bench, root, argv, atLeast);
  const landing = await lookAt(bench, root, run.branch, checks, cold);
  const bad = workspace.patches.filter(({ isBad }) => isBad).map(({ file }) => file);
  const worse = landing.fresh.length + landing.files.filter((file) => bad.includes(file)).length;
  bench.record({ scenario, what: "stet", seconds, repeats, peakBytes, checks: ran, offered: count, landed: landing.files.length, worse });
  await recordReference(bench, root, { scenario, changes: workspace.patches, checks, good: count - bad.length, sample });
}
