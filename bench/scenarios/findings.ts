/**
 * Findings that the project's own tools can fix: `stet repair` with its real proposers, beside the bare tool, ts-fix, and
 * the reference loop with perfect patches for them (it has no fixers of its own, and the time of its model is not
 * counted). Then stet once more with nothing changed.
 */
import type { Bench, Cold } from "../support/bench.ts";
import { countOf, wholeCheck, type CheckName } from "../support/checks.ts";
import { succeeded } from "../support/process.ts";
import { median } from "../support/statistics.ts";
import { runStet } from "../support/stet.ts";
import type { FaultKind } from "../workspace/faults.ts";
import type { Checks } from "../workspace/patches.ts";
import { generate } from "../workspace/workspace.ts";
import { recordTsFix } from "./peers.ts";
import { CHECKS, lookAt, recordCold, recordReference, stetFromNothing, wholeChecks } from "./shared.ts";

const SEED = 20_261;

export interface FindingsOptions {
  readonly files: number;
  readonly checks: Checks;
  readonly count: number;
  readonly kind: FaultKind;
  readonly sample: number;
}

export async function findings(bench: Bench, scenario: string, options: FindingsOptions): Promise<void> {
  const { files, checks: kind, count, sample } = options;
  const workspace = generate({ seed: SEED, files, checks: kind, faults: { count, kind: options.kind } });
  const root = await bench.repository(scenario, workspace.files);
  const checks = CHECKS[kind];
  const cold = await repairAndAgain(bench, scenario, root, checks);
  if (options.kind === "lint") await recordBareFix(bench, scenario, root, checks, cold);
  else await recordTsFix(bench, scenario, root, cold);
  if (sample === 0) return;
  const undone = workspace.faults.map(({ file, before, after }) => ({ file, before: after, after: before }));
  await recordReference(bench, root, { scenario, changes: undone, checks, good: count, sample });
}

/** Measures the cold check, `stet repair` from nothing, and the same command again. */
export async function repairAndAgain(bench: Bench, scenario: string, root: string, checks: readonly CheckName[]): Promise<Cold> {
  const cold = await bench.cold(root, checks);
  recordCold(bench, scenario, cold);
  const { run, cache, ...figures } = await stetFromNothing(bench, root, ["repair"]);
  const landing = await lookAt(bench, root, run.branch, checks, cold);
  const offered = total(cold.readings);
  const landed = offered - total(landing.readings);
  const { seconds, repeats, peakBytes } = figures;
  const note = `${run.commits} commits`;
  bench.record({ scenario, what: "stet", seconds, repeats, peakBytes, checks: figures.checks, offered, landed, worse: landing.fresh.length, note });
  const again = await bench.repeated(
    (one) => one.measured.seconds,
    () => runStet(["repair"], { cli: bench.options.cli, cwd: root, cache, timeoutMs: bench.timeoutMs() }),
  );
  const times = again.map((one) => one.measured.seconds);
  const ran = Math.max(...again.map((one) => wholeChecks(one.checks)));
  bench.record({ scenario, what: "stet again", seconds: median(times), repeats: times.length, checks: ran });
  return cold;
}

/** `eslint --fix` and one whole check: what a person does without stet. */
async function recordBareFix(bench: Bench, scenario: string, root: string, checks: readonly CheckName[], cold: Cold): Promise<void> {
  await bench.inCheckout(root, "main", async (folder) => {
    const argv = [process.execPath, "node_modules/eslint/bin/eslint.js", "--fix", "."];
    const fixed = await succeeded({ argv, cwd: folder, timeoutMs: bench.timeoutMs() }, [0, 1]);
    const readings = await wholeCheck(checks, folder);
    const seconds = fixed.seconds + readings.reduce((sum, reading) => sum + reading.seconds, 0);
    const offered = total(cold.readings);
    bench.record({ scenario, what: "eslint --fix + check", seconds, repeats: 1, checks: 1, offered, landed: offered - total(readings) });
  });
}

export function total(readings: Cold["readings"]): number {
  return readings.reduce((sum, reading) => sum + countOf(reading), 0);
}
