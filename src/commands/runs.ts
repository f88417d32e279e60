/** `stet runs`: every run of this repository, with what became of it. */
import { Command } from "commander";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";

export function runsCommand(terminal: Console): Command {
  const command = new Command("runs")
    .description("Lists every run that the ledger knows: when, what it landed, how it ended.")
    .addHelpText("after", "\nExamples:\n  $ stet runs\n  $ stet runs --json | jq .run");
  return withCommonOptions(command).action(async () => {
    const { showRuns } = await import("./show-runs.ts");
    await showRuns(command.opts<CommonOptions>(), terminal);
  });
}
