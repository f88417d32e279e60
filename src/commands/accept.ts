/** `stet accept <run> [n…]`: lands what a run held for a person, where it still makes nothing worse. */
import { Command } from "commander";
import { surroundings, type Console } from "./console.ts";
import { count, policyOption, withTrialOptions, type CommonOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  $ stet report 202611211455     what the run holds, by numbers
  $ stet accept 202611211455     all of it
  $ stet accept 202611211455 1 3
  $ stet reject 202611211455 2   and it is not tried again

Each is tried again on the branch of that run, by the checks as they are there,
and lands there or is told why not. The same again does nothing twice.`;

export function acceptCommand(terminal: Console): Command {
  const command = new Command("accept")
    .description("Lands what a run held for a person, on that run's branch, once the checks were measured again there.")
    .argument("<run>", "the run's id, or the beginning of it")
    .argument("[numbers...]", "which of what it held (default: all that waits)", collect, [])
    .addOption(policyOption("free"))
    .addHelpText("after", EXAMPLES);
  return withTrialOptions(command).action(async (run: string, numbers: readonly number[]) => {
    const options = command.opts<CommonOptions>();
    const [{ runAccept }, { acceptSummary, acceptedBefore }, { safeJson }] = await Promise.all([
      import("./run-accept.ts"),
      import("../report/held.ts"),
      import("../report/plain.ts"),
    ]);
    const report = await runAccept(run, numbers, options, await surroundings(terminal, options));
    if (!options.json) terminal.print("run" in report ? acceptSummary(report, terminal.paint) : acceptedBefore(report.already).join("\n"));
    else if (!("run" in report)) terminal.print(safeJson({ type: "accepted", of: report.of, landed: report.already }));
    terminal.exit(report.exitCode);
  });
}

/** Numbers as they are typed, each once. */
export function collect(text: string, before: readonly number[]): readonly number[] {
  return [...new Set([...before, count(text)])];
}
