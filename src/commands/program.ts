/** All commands as one program: what `--help` shows, and what the docs' option tables are generated from. */
import { Command } from "commander";
import { version } from "../system/version.ts";
import type { Console } from "./console.ts";
import { doctorCommand } from "./doctor.ts";
import { initCommand } from "./init.ts";
import { repairCommand } from "./repair.ts";
import { reportCommand } from "./report.ts";
import { runsCommand } from "./runs.ts";
import { tryCommand } from "./try.ts";
import { undoCommand } from "./undo.ts";

const ABOUT = `stet tries every automated code change with the project's own checks, and lands
only what is green.

Start here:
  $ stet doctor          what stet finds here, and whether it can run
  $ stet repair          fix what the checks find, a commit per fix
  $ stet try -- <tool>   keep the green part of any tool's change`;

const COMMANDS = [repairCommand, tryCommand, runsCommand, reportCommand, undoCommand, doctorCommand, initCommand];

/** Throws `CommanderError` for what cannot be understood, and says nothing of it by itself. */
export function makeProgram(terminal: Console): Command {
  const program = new Command("stet")
    .description(ABOUT)
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .helpCommand(false);
  for (const one of COMMANDS) program.addCommand(one(terminal).copyInheritedSettings(program));
  return program.addCommand(helpCommand(program).copyInheritedSettings(program));
}

/** As commander's own, but an unknown command is a mistake like any other. */
function helpCommand(program: Command): Command {
  return new Command("help")
    .argument("[command]")
    .description("show the help of a command")
    .action((name: string | undefined) => {
      const known = program.commands.find((one) => one.name() === name);
      if (name !== undefined && !known) program.error(`unknown command '${name}'`, { code: "commander.unknownCommand" });
      (known ?? program).help();
    });
}
