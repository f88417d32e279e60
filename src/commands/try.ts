/** `stet try -- <command…>`: runs any tool in a trial worktree and lands the part of its change that is green. */
import { Command } from "commander";
import { surroundings, type Console } from "./console.ts";
import { seconds, withRunOptions } from "./options.ts";
import type { TryOptions } from "./run-try.ts";

const EXAMPLES = `
Examples:
  $ stet try -- npx eslint --fix .            what ESLint mends, if green
  $ stet try -- npx jscodeshift -t x.js src   the green part of a codemod
  $ stet try --whole -- ./scripts/upgrade.sh  all of it, or nothing
  $ stet try --network --allow-path 'package*.json' -- npm update left-pad

The tool runs in a worktree of stet's own, with an empty environment, and
without network unless --network is given. Its change is split by file, then by
hunk, and every part is held against the project's checks.`;

export function tryCommand(terminal: Console): Command {
  const command = new Command("try")
    .description("Runs a tool in a trial worktree, takes its diff as the proposal, lands the largest green part of it.")
    .argument("<command...>", "the tool and its arguments, after --")
    .option("--whole", "land all of the change or nothing")
    .option("--network", "let the tool reach the network (the checks still may not)")
    .option("--timeout <seconds>", "the tool's time", seconds, 600)
    .addHelpText("after", EXAMPLES);
  return withRunOptions(command).action(async (argv: string[]) => {
    const options = command.opts<TryOptions>();
    const [{ runTry }, { trySummary }] = await Promise.all([import("./run-try.ts"), import("../report/summary.ts")]);
    const report = await runTry({ argv }, options, await surroundings(terminal, options));
    if (!options.json) terminal.print(trySummary(report, terminal.paint));
    terminal.exit(report.exitCode);
  });
}
