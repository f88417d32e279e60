/** `stet reject <run> [n…]`: a person's no to what a run held for them. */
import { Command } from "commander";
import { collect } from "./accept.ts";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  $ stet reject 202611211455 2    not this one
  $ stet reject 202611211455      nothing of what still waits

It goes into the ledger, and stet apply does not try it again.`;

export function rejectCommand(terminal: Console): Command {
  const command = new Command("reject")
    .description("Writes down that what a run held for a person is not wanted. Nothing is tried, and no branch moves.")
    .argument("<run>", "the run's id, or the beginning of it")
    .argument("[numbers...]", "which of what it held (default: all that waits)", collect, [])
    .addHelpText("after", EXAMPLES);
  return withCommonOptions(command).action(async (run: string, numbers: readonly number[]) => {
    const options = command.opts<CommonOptions>();
    const [{ runReject }, { rejectSummary }, { safeJson }] = await Promise.all([import("./run-reject.ts"), import("../report/held.ts"), import("../report/plain.ts")]);
    const report = await runReject(run, numbers, options.cwd);
    terminal.print(options.json ? safeJson({ type: "rejected", ...report }) : rejectSummary(report));
    terminal.exit(0);
  });
}
