/** `stet report [run]`: everything that one run decided, and why. */
import { Command } from "commander";
import type { Console } from "./console.ts";
import { withCommonOptions } from "./options.ts";
import type { ReportOptions } from "./show-runs.ts";

export function reportCommand(terminal: Console): Command {
  const command = new Command("report")
    .description("Shows a run from the ledger: what landed, what did not and why, what remains.")
    .argument("[run]", "the run's id, or the beginning of it (default: the last run)")
    .option("--md", "as Markdown, for a pull request or a wiki")
    .option("--compare <run>", "its figures beside those of another run")
    .option("--html", "as one HTML file with charts and every change")
    .addHelpText("after", "\nExamples:\n  $ stet report\n  $ stet report 202511211248 --md > report.md\n  $ stet report --html > report.html\n  $ stet report --json | jq .landed");
  return withCommonOptions(command).action(async (id: string | undefined) => {
    const { showReport } = await import("./show-runs.ts");
    await showReport(id, command.opts<ReportOptions>(), terminal);
  });
}
