/**
 * A tool changes many files, and a known share of its changes is bad: `stet try` beside the reference loop, which gets the
 * same changes as review rows.
 */
import { APPLY_COMMAND } from "../workspace/settings.ts";
import type { ModuleSize } from "../workspace/graph.ts";
import type { Checks } from "../workspace/patches.ts";
import { generate } from "../workspace/workspace.ts";
import type { Bench } from "../support/bench.ts";
import { CHECKS, lookAt, recordCold, recordReference, stetFromNothing } from "./shared.ts";

const SEED = 20_260;

export interface ChangesOptions {
  readonly files: number;
  readonly size?: ModuleSize;
  readonly checks: Checks;
  readonly count: number;
  readonly badPercent: number;
  readonly onlyLocal?: boolean;
  /** How many rows the reference loop really tries; 0 leaves it out. */
  readonly sample: number;
  /** How often stet is measured, where once is not enough for what hangs on it. */
  readonly atLeast?: number;
}

export async function changes(bench: Bench, scenario: string, options: ChangesOptions): Promise<void> {
  const { files, size, checks: kind, count, badPercent, onlyLocal, sample, atLeast } = options;
  const patches = { count, badPercent, ...(onlyLocal && { onlyLocal }) };
  const workspace = generate({ seed: SEED, files, checks: kind, patches, ...(size && { size }) });
  const root = await bench.repository(scenario, workspace.files);
  const checks = CHECKS[kind];
  const cold = await bench.cold(root, checks);
  recordCold(bench, scenario, cold);
  const { run, seconds, repeats, peakBytes, checks: ran } = await stetFromNothing(bench, root, ["try", "--", ...APPLY_COMMAND], atLeast);
  const landing = await lookAt(bench, root, run.branch, checks, cold);
  const bad = workspace.patches.filter(({ isBad }) => isBad).map(({ file }) => file);
  const worse = landing.fresh.length + landing.files.filter((file) => bad.includes(file)).length;
  bench.record({ scenario, what: "stet", seconds, repeats, peakBytes, checks: ran, offered: count, landed: landing.files.length, worse });
  if (sample > 0) await recordReference(bench, root, { scenario, changes: workspace.patches, checks, good: count - bad.length, sample });
}
