/** `stet runs`: every run of this repository, with what became of it. */
import { Command } from "commander";
import { EXIT } from "../domain/problem.ts";
import { foldRuns } from "../ledger/fold.ts";
import { runJson } from "../report/json.ts";
import { runsTable } from "../report/runs.ts";
import { safeJson } from "../report/plain.ts";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";
import { openState } from "./state.ts";

export function runsCommand(terminal: Console): Command {
  const command = new Command("runs")
    .summary("list the runs of this repository")
    .description("Lists every run that the ledger knows: when, what it landed, how it ended.")
    .addHelpText("after", "\nExamples:\n  $ stet runs\n  $ stet runs --json | jq .run");
  return withCommonOptions(command).action(async () => {
    const options = command.opts<CommonOptions>();
    await using state = await openState(options.cwd, { lock: false });
    const runs = [...(await foldRuns(state.ledger.read())).values()];
    if (options.json) for (const run of runs) terminal.print(safeJson({ type: "run", ...runJson(run) }));
    else terminal.print(runsTable(runs));
    terminal.exit(EXIT.settled);
  });
}
