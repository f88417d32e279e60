/** What `stet init` does. The one command that writes into a checkout: a single file, and this one only where there is none. */
import { join } from "node:path";
import { EXIT, Problem } from "../domain/problem.ts";
import { initText } from "../report/init.ts";
import { safeJson } from "../report/plain.ts";
import { exists, writeWhole } from "../system/files.ts";
import { CONFIG_FILE, detectAt } from "./base.ts";
import type { Console } from "./console.ts";
import type { CommonOptions } from "./options.ts";
import { openState } from "./state.ts";

const SCHEMA_URL = "./node_modules/stet/schema/stet.config.schema.json";

export interface InitOptions extends CommonOptions {
  readonly print?: boolean;
  /** The rules for agents in place of the configuration. */
  readonly agents?: boolean;
}

export async function writeConfig(options: InitOptions, terminal: Console): Promise<void> {
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
  await writeWhole(path, `${text}\n`, { durable: true });
  if (options.json) terminal.print(safeJson({ type: "initialised", file: CONFIG_FILE, checks }));
  else terminal.print(initText(CONFIG_FILE, checks));
  terminal.exit(EXIT.settled);
}
