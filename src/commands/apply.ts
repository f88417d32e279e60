/** `stet apply <file…|->`: lands what reviewers, scanners and people found, where it makes nothing worse. */
import { Command, Option } from "commander";
import { EXIT, Problem } from "../domain/problem.ts";
import { surroundings, type Console } from "./console.ts";
import { count, policyOption, withRunOptions } from "./options.ts";
import type { ApplyOptions } from "./run-apply.ts";
import { writeBackFile } from "./write-back-option.ts";

const EXAMPLES = `
Examples:
  $ stet apply review.jsonl               review rows: the latest of each file
  $ semgrep --sarif | stet apply -        a scanner's fixes
  $ stet apply --dry-run a.sarif b.rdjson every verdict, nothing lands
  $ stet apply --hold review.jsonl        what is for people is tried and kept
  $ stet apply --pr scan.sarif            a pull request, with GITHUB_TOKEN set
  $ stet apply --comments 12              suggestions of pull request 12
  $ stet apply --model openai:gpt-6-luna rows.jsonl   words become patches

Rows need a tier that is not block or simulation, an average confidence of 90
and no finding below 70; the 5 most trusted files are tried (--max-files).
Everything that is not tried, or does not land, is named with its reason.`;

export function applyCommand(terminal: Console): Command {
  const command = new Command("apply")
    .description("Reads findings of others (review rows, SARIF, rdjson, review comments, lines), tries them, lands what makes nothing worse.")
    .argument("[inputs...]", "files, or - for standard input")
    .option("--format <name>", "the format of all inputs (default: told by how each begins)")
    .addOption(new Option("--comments <number>", "read the review comments of this pull or merge request, from the remote's GitHub or GitLab").argParser(count).conflicts("format"))
    .addHelpText("after", EXAMPLES);
  return withRunOptions(withApplyOptions(command)).action(async (inputs: string[]) => {
    const options = command.opts<ApplyOptions>();
    if (inputs.length === 0 && options.comments === undefined) throw new Problem("usage", { detail: "missing required argument 'inputs'", help: "stet apply --help" }, EXIT.usage);
    const [{ runApply }, { applySummary }] = await Promise.all([import("./run-apply.ts"), import("../report/apply-summary.ts")]);
    const report = await runApply(inputs, options, await surroundings(terminal, options));
    if (!options.json) terminal.print(applySummary(report, terminal.paint));
    terminal.exit(report.exitCode);
  });
}

/** Of the commands that land what others found. */
export function withApplyOptions(command: Command): Command {
  return command
    .option("--hold", "try rows of the tiers dry_run and simulation whatever their figures, and keep what is green for a person")
    .addOption(new Option("--same <way>", "what becomes of a change that no check speaks for").choices(["land", "hold", "refuse"]).default("land"))
    .addOption(new Option("--write-back <file>", "write what became of each finding there: .sarif, .rdjson or .rdjsonl").argParser(writeBackFile))
    .option("--pr", "push the branch, and open a pull request or bring the one that is there up to date")
    .option("--remote <name>", "where to push to", "origin")
    .addOption(policyOption("mechanical"));
}
