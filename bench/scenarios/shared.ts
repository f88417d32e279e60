/** What the scenarios do alike: measure the cold check, run stet, look at what it landed, run the reference loop. */
import type { Line } from "../measured.ts";
import { referenceLoop, type LoopResult } from "../reference/loop.ts";
import { rowsFor } from "../reference/rows.ts";
import type { Bench, Cold } from "../support/bench.ts";
import { newFindings, wholeCheck, type CheckName, type CheckReading } from "../support/checks.ts";
import { forgetRuns, git } from "../support/repository.ts";
import { median } from "../support/statistics.ts";
import { runStet, type StetRun } from "../support/stet.ts";
import type { Change } from "../workspace/change.ts";
import type { Checks } from "../workspace/patches.ts";

export const CHECKS: Readonly<Record<Checks, readonly CheckName[]>> = {
  types: ["tsc"],
  lint: ["tsc", "eslint"],
  tests: ["tsc", "node-test"],
};

export function recordCold(bench: Bench, scenario: string, cold: Cold): void {
  const { seconds, repeats, peakBytes } = cold;
  bench.record({ scenario, what: "cold check", seconds, repeats, checks: 1, peakBytes });
}

export interface StetFigures {
  readonly seconds: number;
  readonly repeats: number;
  readonly peakBytes: number;
  readonly checks: number;
  /** The last run; its branch stands. */
  readonly run: StetRun;
  /** Its cache, for a run that goes on with it. */
  readonly cache: string;
}

/** Runs stet from nothing, each time with an empty cache of its own. */
export async function stetFromNothing(bench: Bench, root: string, args: readonly string[], atLeast = 1): Promise<StetFigures> {
  const once = async (): Promise<{ run: StetRun; cache: string }> => {
    await forgetRuns(root);
    const cache = bench.newPath("cache");
    return { run: await runStet(args, { cli: bench.options.cli, cwd: root, cache, timeoutMs: bench.timeoutMs() }), cache };
  };
  const all = await bench.repeated(({ run }) => run.measured.seconds, once, atLeast);
  const last = all.at(-1) ?? all[0];
  return {
    seconds: median(all.map(({ run }) => run.measured.seconds)),
    repeats: all.length,
    peakBytes: median(all.map(({ run }) => run.measured.peakBytes)),
    checks: Math.max(...all.map(({ run }) => wholeChecks(run.checks))),
    ...last,
  };
}

/** The strictest way to count: a round in which only one of the checks was run is a whole one. */
export function wholeChecks(checks: Readonly<Record<string, number>>): number {
  return Math.max(0, ...Object.values(checks));
}

export interface Landing {
  /** Files that differ from the base. */
  readonly files: readonly string[];
  /** What the project's own checks, run cold, say of the tip. */
  readonly readings: readonly CheckReading[];
  /** Findings that they have there and not on the base. */
  readonly fresh: readonly string[];
}

/** Checks out what landed, and runs the project's own checks cold. */
export async function lookAt(bench: Bench, root: string, branch: string | undefined, checks: readonly CheckName[], cold: Cold): Promise<Landing> {
  if (branch === undefined) return { files: [], readings: cold.readings, fresh: [] };
  const changed = await git(root, "diff", "--name-only", "main", branch);
  const readings = await bench.inCheckout(root, branch, (folder) => wholeCheck(checks, folder));
  const fresh = readings.flatMap((reading, index) => {
    const before = cold.readings[index];
    return before ? newFindings(before, reading) : [];
  });
  for (const one of fresh) bench.note(`Worse on ${branch}: ${one}`);
  return { files: changed.split("\n").filter((line) => line !== ""), readings, fresh };
}

export interface ReferenceOptions {
  readonly scenario: string;
  readonly changes: readonly Change[];
  readonly checks: readonly CheckName[];
  /** How many of the changes land if all are tried. */
  readonly good: number;
  /** So many are really tried. */
  readonly sample: number;
}

/** The reference loop on the same changes; what was not tried is reckoned with at the mean of what was. */
export async function recordReference(bench: Bench, root: string, options: ReferenceOptions): Promise<void> {
  const { scenario, changes, checks, sample } = options;
  const { endAtMs, wholeReference } = bench.options;
  const maxRows = wholeReference ? Infinity : sample;
  const loop = await bench.inCheckout(root, "main", (folder) =>
    referenceLoop({ root: folder, jsonl: rowsFor(changes), checks, maxRows, endAtMs }),
  );
  if (loop.tried === 0) {
    bench.note(`${scenario}: no time was left for the reference loop.`);
    return;
  }
  bench.record({ scenario, what: "reference loop", repeats: 1, offered: changes.length, ...projected(loop, options) });
}

function projected(loop: LoopResult, { good }: ReferenceOptions): Pick<Line, "seconds" | "landed" | "checks" | "peakBytes" | "sampled"> {
  const { rows, tried, landed, baselineSeconds, loopSeconds, peakBytes } = loop;
  const whole = tried === rows;
  const seconds = baselineSeconds + (whole ? loopSeconds : (loopSeconds / tried) * rows);
  return { seconds, landed: whole ? landed.length : good, checks: 1 + rows, peakBytes, ...(!whole && { sampled: tried }) };
}
