/** `stet init`: writes down what detection found, for a person to change. */
import { Command } from "commander";
import type { Console } from "./console.ts";
import { withCommonOptions } from "./options.ts";
import type { InitOptions } from "./write-config.ts";

export function initCommand(terminal: Console): Command {
  const command = new Command("init")
    .description("Writes stet.config.json with the checks that stet finds by itself, to be changed and committed.")
    .option("--print", "print it, write nothing")
    .option("--agents", "write the project's rules for agents into AGENTS.md instead")
    .addHelpText("after", "\nExamples:\n  $ stet init --print\n  $ stet init && git add stet.config.json\n  $ stet init --agents && git diff AGENTS.md");
  return withCommonOptions(command).action(async () => {
    const options = command.opts<InitOptions>();
    if (options.agents) return (await import("./write-agents.ts")).writeAgents(options, terminal);
    const { writeConfig } = await import("./write-config.ts");
    await writeConfig(options, terminal);
  });
}
