/** `stet build`: one spec after the other, each part told as it ends. */
import { EXIT } from "../domain/problem.ts";
import { partSummary } from "../report/build-summary.ts";
import { refusedJson, refusedText } from "../report/plan.ts";
import { safeJson } from "../report/plain.ts";
import type { BuildOptions } from "./build-options.ts";
import { surroundings, type Console } from "./console.ts";
import { runBuild } from "./run-build.ts";
import { exitCodeOf, specsOf } from "./show-plan.ts";

export async function showBuild(names: readonly string[], options: BuildOptions, terminal: Console): Promise<void> {
  const found = await specsOf(names, options);
  const { resume: _own, ...common } = options;
  const around = await surroundings(terminal, common);
  // A deadline ends the run in good order, and with it the command.
  const isOver = (): boolean => around.signal.aborted;
  let code = exitCodeOf(found);
  for (const one of found) {
    if (isOver()) break;
    if ("reasons" in one) {
      terminal.print(options.json ? safeJson(refusedJson(one.file, one.reasons)) : refusedText(one.file, one.reasons, terminal.paint));
      continue;
    }
    for await (const report of runBuild(one.file, options, around)) {
      if (!options.json) terminal.print(partSummary(report, terminal.paint));
      code = worse(code, report.exitCode);
      if (isOver()) break;
    }
  }
  terminal.exit(code);
}

/** What remains is told before that all was well, and bad data before that something remains. */
function worse(one: number, other: number): number {
  return one === EXIT.settled ? other : Math.max(one, other);
}
