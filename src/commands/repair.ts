/** `stet repair [paths…]`: finds what the checks find, tries every fix on offer, lands what is green. */
import { Command, Option } from "commander";
import { surroundings, type Console } from "./console.ts";
import { withRunOptions, type CommonOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  $ stet repair                        all that is found, a commit per fix
  $ stet repair src/api                only findings there; edits stay inside it
  $ stet repair --dry-run              the same verdicts, nothing lands
  $ stet repair --base origin/main     start from another commit
  $ stet repair --deadline 10m --json  for programs: NDJSON, an end in sight
  $ stet repair --resume 202611211351  go on with that run, wherever HEAD is now

The checkout is never touched. What lands is on a branch stet/repair-<run>; the
last line says how to take it.`;

export function repairCommand(terminal: Console): Command {
  const command = new Command("repair")
    .description("Finds what the project's own checks find, tries the fixes their tools offer, lands what is green.")
    .argument("[paths...]", "files or folders whose findings to fix (default: all)")
    .addHelpText("after", EXAMPLES);
  const resume = new Option("--resume <run>", "go on with this run: its base, paths and branch").conflicts(["fresh", "base"]);
  return withRunOptions(command).addOption(resume).action(async (paths: string[]) => {
    const options = command.opts<CommonOptions>();
    const [{ runRepair }, { repairSummary }] = await Promise.all([import("./run-repair.ts"), import("../report/summary.ts")]);
    const report = await runRepair(paths, options, await surroundings(terminal, options));
    if (!options.json) terminal.print(repairSummary(report, terminal.paint));
    terminal.exit(report.exitCode);
  });
}
