/** `stet runs`: every run of this repository, with what became of it. */
import { Command } from "commander";
import type { Console } from "./console.ts";
import { count, withCommonOptions } from "./options.ts";
import type { RunsOptions } from "./show-failures.ts";

export function runsCommand(terminal: Console): Command {
  const command = new Command("runs")
    .description("Lists every run that the ledger knows: when, what it landed, how it ended.")
    .addHelpText("after", "\nExamples:\n  $ stet runs\n  $ stet runs --json | jq .run\n  $ stet runs --clusters --last 50");
  command
    .option("--clusters", "what keeps failing, by file and by reason, and models that never answer")
    .option("--last <n>", "look at the last runs only (default: all, with --clusters 20)", count)
    .option("--threshold <n>", "with --clusters: failures that make a cluster (default: 3)", count);
  return withCommonOptions(command).action(async () => {
    const options = command.opts<RunsOptions>();
    const [{ showRuns }, { showFailures }] = await Promise.all([import("./show-runs.ts"), import("./show-failures.ts")]);
    await (options.clusters ? showFailures : showRuns)(options, terminal);
  });
}
