/** `stet report [run]`: everything that one run decided, and why. */
import { Command } from "commander";
import { EXIT, Problem } from "../domain/problem.ts";
import { foldRuns, type RunState } from "../ledger/fold.ts";
import { runJson } from "../report/json.ts";
import { runMarkdown } from "../report/markdown.ts";
import { runText } from "../report/run-text.ts";
import { safeJson } from "../report/plain.ts";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";
import { openState, type State } from "./state.ts";

interface ReportOptions extends CommonOptions {
  readonly md?: boolean;
}

export function reportCommand(terminal: Console): Command {
  const command = new Command("report")
    .summary("show what a run decided, and why")
    .description("Shows a run from the ledger: what landed, what did not and why, what remains.")
    .argument("[run]", "the run's id, or the beginning of it (default: the last run)")
    .option("--md", "as Markdown, for a pull request or a wiki")
    .addHelpText("after", "\nExamples:\n  $ stet report\n  $ stet report 202511211248 --md > report.md\n  $ stet report --json | jq .landed");
  return withCommonOptions(command).action(async (id: string | undefined) => {
    const options = command.opts<ReportOptions>();
    await using state = await openState(options.cwd, { lock: false });
    const run = await findRun(state, id);
    if (options.json) terminal.print(safeJson({ type: "run", ...runJson(run) }));
    else terminal.print(options.md ? runMarkdown(run) : runText(run, terminal.paint));
    terminal.exit(EXIT.settled);
  });
}

/** The run with this id or unique beginning; the last one where none is named. Throws `Problem` (66). */
export async function findRun(state: State, id: string | undefined): Promise<RunState> {
  const runs = [...(await foldRuns(state.ledger.read())).values()];
  const fitting = id === undefined ? runs.slice(-1) : runs.filter(({ start }) => start.run.startsWith(id));
  const exact = fitting.find(({ start }) => start.run === id);
  const [only, second] = exact ? [exact] : fitting;
  if (!only) throw new Problem(id === undefined ? "no-runs" : "unknown-run", { run: id ?? "" }, EXIT.noInput);
  if (second) throw new Problem("ambiguous-run", { run: id ?? "", runs: fitting.map(({ start }) => start.run) }, EXIT.usage);
  return only;
}
