/** `stet undo <run>`: the run's branch goes back to where it stood before, unless a human has gone on from it. */
import { Command } from "commander";
import { EXIT, Problem } from "../domain/problem.ts";
import { undo } from "../land/undo.ts";
import { undone } from "../report/runs.ts";
import { safeJson } from "../report/plain.ts";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";
import { findRun } from "./report.ts";
import { openState } from "./state.ts";

export function undoCommand(terminal: Console): Command {
  const command = new Command("undo")
    .summary("take a run's commits back")
    .description("Restores the ref that a run moved. Refuses when anything else has happened to it since.")
    .argument("<run>", "the run's id, or the beginning of it")
    .addHelpText("after", "\nExamples:\n  $ stet runs\n  $ stet undo 202611211248-ab12");
  return withCommonOptions(command).action(async (id: string) => {
    const options = command.opts<CommonOptions>();
    await using state = await openState(options.cwd, { lock: true });
    const { start, tip, before } = await findRun(state, id);
    if (tip === undefined || before === undefined) throw new Problem("nothing-to-undo", { run: start.run }, EXIT.noInput);
    const refusal = await undo({ git: state.repository.git, ref: start.branch, tip, before });
    if (refusal) throw new Problem(refusal.code, refusal.args, EXIT.refused);
    state.ledger.append(start.run, { kind: "undone", ref: start.branch, from: tip, to: before });
    if (options.json) terminal.print(safeJson({ type: "undone", run: start.run, ref: start.branch, from: tip, to: before }));
    else terminal.print(undone(start.run, start.branch, before));
    terminal.exit(EXIT.settled);
  });
}
