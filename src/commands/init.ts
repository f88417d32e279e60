/** `stet init`: writes down what detection found, for a person to change. The one command that writes into a checkout. */
import { join } from "node:path";
import { Command } from "commander";
import { EXIT, Problem } from "../domain/problem.ts";
import { exists, writeWhole } from "../system/files.ts";
import { initText } from "../report/init.ts";
import { safeJson } from "../report/plain.ts";
import { CONFIG_FILE, detectAt } from "./base.ts";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";
import { openState } from "./state.ts";

export const SCHEMA_URL = "./node_modules/stet/schema/stet.config.schema.json";

export function initCommand(terminal: Console): Command {
  const command = new Command("init")
    .summary("write stet.config.json with the checks that were found")
    .description("Writes stet.config.json with the checks that stet finds by itself, to be changed and committed.")
    .option("--print", "print it, write nothing")
    .addHelpText("after", "\nExamples:\n  $ stet init --print\n  $ stet init && git add stet.config.json");
  return withCommonOptions(command).action(async () => {
    const options = command.opts<CommonOptions & { print?: boolean }>();
    await using state = await openState(options.cwd, { lock: false });
    const { repository } = state;
    const path = join(repository.checkout, CONFIG_FILE);
    if (!options.print && (await exists(path))) throw new Problem("config-exists", { file: CONFIG_FILE }, EXIT.cannotCreate);
    const checks = await detectAt(repository);
    const config = { $schema: SCHEMA_URL, checks };
    const text = safeJson(config, 2);
    if (options.print) {
      terminal.print(options.json ? safeJson(config) : text);
      return;
    }
    await writeWhole(path, `${text}\n`);
    if (options.json) terminal.print(safeJson({ type: "initialised", file: CONFIG_FILE, checks }));
    else terminal.print(initText(CONFIG_FILE, checks));
    terminal.exit(EXIT.settled);
  });
}
