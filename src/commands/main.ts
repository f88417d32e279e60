/** Reads the command line, runs one command, and turns whatever happened into an exit code. */
import { Command, CommanderError } from "commander";
import { EXIT, Problem } from "../domain/problem.ts";
import { problemText } from "../report/errors.ts";
import { sentence } from "../report/sentences.ts";
import { StorageFault } from "../system/files.ts";
import { version } from "../system/version.ts";
import { openConsole } from "./terminal.ts";
import { doctorCommand } from "./doctor.ts";
import { initCommand } from "./init.ts";
import { repairCommand } from "./repair.ts";
import { reportCommand } from "./report.ts";
import { runsCommand } from "./runs.ts";
import { tryCommand } from "./try.ts";
import { undoCommand } from "./undo.ts";

const ABOUT = `stet tries every automated code change with the project's own checks, and lands only what is green.

Start here:
  $ stet doctor          what stet finds here, and whether it can run
  $ stet repair          fix what the checks find, a commit per fix, on a branch of stet's own
  $ stet try -- <tool>   keep the green part of any tool's change`;

/** Gives the exit code. Never throws for what a user can cause. */
export async function main(argv: readonly string[]): Promise<number> {
  const terminal = openConsole();
  const program = new Command("stet")
    .description(ABOUT)
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "stet: ")) })
    .showHelpAfterError("(stet --help tells more)");
  const make = [repairCommand, tryCommand, runsCommand, reportCommand, undoCommand, doctorCommand, initCommand];
  for (const one of make) program.addCommand(one(terminal).copyInheritedSettings(program));
  try {
    await program.parseAsync(argv, { from: "user" });
    return terminal.code;
  } catch (error) {
    return codeOf(error, terminal);
  } finally {
    terminal.close();
  }
}

function codeOf(error: unknown, terminal: ReturnType<typeof openConsole>): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (terminal.signal.aborted) {
    terminal.complain(sentence(terminal.why()));
    return terminal.exitCodeOfAbort();
  }
  if (error instanceof Problem) {
    terminal.complain(problemText(error));
    return error.exitCode;
  }
  if (error instanceof StorageFault) {
    terminal.complain(problemText(new Problem("storage", { path: error.path, code: error.code }, EXIT.storage)));
    return EXIT.storage;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.complain(problemText(new Problem("bug", { detail }, EXIT.bug)));
  return EXIT.bug;
}
