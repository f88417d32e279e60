/**
 * All commands as one program: what `--help` shows, and what the docs' option tables are generated from. A command's own
 * file is loaded when the command is named, so that there may be many of them and `--help` costs next to nothing.
 */
import { Command } from "commander";
import { version } from "../system/version.ts";
import type { Console } from "./console.ts";

const ABOUT = `stet tries every automated code change with the project's own checks, and lands
only what is green.

Start here:
  $ stet doctor          what stet finds here, and whether it can run
  $ stet repair          fix what the checks find, a commit per fix
  $ stet try -- <tool>   keep the green part of any tool's change`;

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(terminal: Console) => Command>;
}

const ENTRIES: readonly Entry[] = [
  { name: "repair", summary: "fix what the project's checks find, a commit per fix", load: async () => (await import("./repair.ts")).repairCommand },
  { name: "try", summary: "run any tool, keep the part of its change that is green", load: async () => (await import("./try.ts")).tryCommand },
  { name: "apply", summary: "land what reviewers and scanners found, where it makes nothing worse", load: async () => (await import("./apply.ts")).applyCommand },
  { name: "build", summary: "turn a spec's tasks into small green commits", load: async () => (await import("./build.ts")).buildCommand },
  { name: "runs", summary: "list the runs of this repository", load: async () => (await import("./runs.ts")).runsCommand },
  { name: "report", summary: "show what a run decided, and why", load: async () => (await import("./report.ts")).reportCommand },
  { name: "undo", summary: "take a run's commits back", load: async () => (await import("./undo.ts")).undoCommand },
  { name: "doctor", summary: "see what stet finds here and whether it can run", load: async () => (await import("./doctor.ts")).doctorCommand },
  { name: "init", summary: "write stet.config.json with the checks that were found", load: async () => (await import("./init.ts")).initCommand },
];

/**
 * `argv`: whose commands to load; all of them where it is not given. Parsing throws `CommanderError` for what cannot be
 * understood, and says nothing of it by itself.
 */
export async function makeProgram(terminal: Console, argv?: readonly string[]): Promise<Command> {
  const program = new Command("stet")
    .description(ABOUT)
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .helpCommand(false);
  for (const { name, summary, load } of ENTRIES) {
    const isNamed = argv === undefined || argv.includes(name);
    const command = isNamed ? (await load())(terminal) : new Command(name);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
  }
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
