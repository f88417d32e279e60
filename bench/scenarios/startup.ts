/** How long stet takes to say its version or its help, beside Node that does nothing. */
import { succeeded } from "../support/process.ts";
import type { Bench } from "../support/bench.ts";
import { median } from "../support/statistics.ts";

const TIMES = 15;

export async function startup(bench: Bench, scenario: string): Promise<void> {
  const { cli, folder } = bench.options;
  const commands: readonly (readonly [what: string, argv: readonly string[]])[] = [
    ["node -e 0", [process.execPath, "-e", "0"]],
    ["stet --version", [...cli, "--version"]],
    ["stet --help", [...cli, "--help"]],
  ];
  const times = commands.map((): number[] => []);
  // In turn, so that what else the machine does falls on all of them.
  for (let turn = 0; turn < TIMES; turn++) {
    for (const [index, [, argv]] of commands.entries()) {
      const { seconds } = await succeeded({ argv, cwd: folder, timeoutMs: 20_000 });
      times[index]?.push(seconds);
    }
  }
  for (const [index, [what]] of commands.entries()) bench.record({ scenario, what, seconds: median(times[index] ?? []), repeats: TIMES });
}
