/** `stet build`: one spec after the other, each part told as it ends; with `--continuous` again and again. */
import { setTimeout as sleep } from "node:timers/promises";
import { EXIT } from "../domain/problem.ts";
import { cycleLine, partSummary } from "../report/build-summary.ts";
import { refusedJson, refusedText } from "../report/plan.ts";
import { safeJson } from "../report/plain.ts";
import type { BuildOptions } from "./build-options.ts";
import { surroundings, type Console } from "./console.ts";
import { found } from "./plan-chunking.ts";
import { runBuild } from "./run-build.ts";
import type { RunSurroundings } from "./run-repair.ts";
import { exitCodeOf, specsOf } from "./show-plan.ts";

/** A month of minutes. */
const MAX_CYCLES = 50_000;
const DEFAULT_SLEEP_S = 60;

export async function showBuild(names: readonly string[], options: BuildOptions, terminal: Console): Promise<void> {
  const { resume: _own, ...common } = options;
  const around = await surroundings(terminal, common);
  const first = await once(names, options, around, terminal);
  terminal.exit(first.code);
  if (options.continuous) await cycles(names, options, around, terminal, first);
}

async function cycles(names: readonly string[], options: BuildOptions, around: RunSurroundings, terminal: Console, first: Cycle): Promise<void> {
  const { cycleSleepS = DEFAULT_SLEEP_S } = options;
  // Only the first cycle begins anew where that is asked: the next ones go on with what it has built.
  const next = { ...options, resume: true, resetLedger: false, fresh: false };
  const { signal } = around;
  let last = first;
  for (let cycle = 1; cycle <= MAX_CYCLES; cycle++) {
    const { built, left } = last;
    const sleepS = left === 0 || signal.aborted ? 0 : cycleSleepS;
    terminal.print(options.json ? safeJson({ type: "cycle", cycle, built, left }) : cycleLine({ cycle, built, left, sleepS }));
    if (sleepS === 0) return;
    const isAwake = await sleep(sleepS * 1_000, true, { signal }).catch(() => false);
    // Woken up by a signal, it has nothing half done.
    if (isAwake) last = await once(names, next, around, terminal);
    terminal.exit(isAwake ? last.code : around.exitCodeOfAbort());
    if (!isAwake) return;
  }
}

interface Cycle {
  readonly code: number;
  readonly built: number;
  /** Chunks that are still to be built, or have failed. */
  readonly left: number;
}

async function once(names: readonly string[], options: BuildOptions, around: RunSurroundings, terminal: Console): Promise<Cycle> {
  const specs = await specsOf(names, options, found(options));
  // A deadline ends the run in good order, and with it the command.
  const isOver = (): boolean => around.signal.aborted;
  let [code, built, left] = [exitCodeOf(specs), 0, 0];
  for (const one of specs) {
    if (isOver()) break;
    if ("reasons" in one) {
      terminal.print(options.json ? safeJson(refusedJson(one.file, one.reasons)) : refusedText(one.file, one.reasons, terminal.paint));
      continue;
    }
    for await (const report of runBuild(one.file, options, around)) {
      if (!options.json) terminal.print(partSummary(report, terminal.paint));
      code = worse(code, report.exitCode);
      built += report.built.length;
      if (!report.isFull) left += report.failed.length + report.waiting.length;
      if (isOver()) break;
    }
  }
  return { code, built, left };
}

/** What remains is told before that all was well, and bad data before that something remains. */
function worse(one: number, other: number): number {
  return one === EXIT.settled ? other : Math.max(one, other);
}
