/** A clean project: a run of stet that has nothing to do, beside the project's own checks. */
import type { Checks } from "../workspace/patches.ts";
import { generate } from "../workspace/workspace.ts";
import type { Bench } from "../support/bench.ts";
import { CHECKS, recordCold, stetFromNothing } from "./shared.ts";

const SEED = 20_262;

export async function idle(bench: Bench, scenario: string, { files, checks: kind }: { files: number; checks: Checks }): Promise<void> {
  const workspace = generate({ seed: SEED, files, checks: kind });
  const root = await bench.repository(scenario, workspace.files);
  recordCold(bench, scenario, await bench.cold(root, CHECKS[kind]));
  const { seconds, repeats, checks, peakBytes } = await stetFromNothing(bench, root, ["repair"]);
  bench.record({ scenario, what: "stet", seconds, repeats, checks, peakBytes, offered: 0, landed: 0, worse: 0 });
}
