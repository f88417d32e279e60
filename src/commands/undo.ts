/** `stet undo <run>`: the run's branch goes back to where it stood before, unless a human has gone on from it. */
import { Command } from "commander";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";

export function undoCommand(terminal: Console): Command {
  const command = new Command("undo")
    .description("Restores the ref that a run moved. Refuses when anything else has happened to it since.")
    .argument("<run>", "the run's id, or the beginning of it")
    .addHelpText("after", "\nExamples:\n  $ stet runs\n  $ stet undo 202611211248-ab12");
  return withCommonOptions(command).action(async (id: string) => {
    const { undoRun } = await import("./undo-run.ts");
    await undoRun(id, command.opts<CommonOptions>(), terminal);
  });
}
