/** Writes the options of each command into its docs page, between two marks, from the definitions that `--help` shows. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { code, table } from "./pages.ts";

const BLOCK = /(<!-- generated: options -->\n)[\s\S]*?(<!-- \/generated -->)/;

/** The pages as they should be, by path. A command without a page, or a page without the marks, is an error. */
export async function commandPages(root: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const source = join(root, "src/commands/program.ts");
  if (!existsSync(source)) return pages;
  const { makeProgram } = (await import(pathToFileURL(source).href)) as typeof import("../src/commands/program.ts");
  const { openConsole } = (await import(pathToFileURL(join(root, "src/commands/terminal.ts")).href)) as typeof import("../src/commands/terminal.ts");
  const terminal = openConsole();
  try {
    for (const command of makeProgram(terminal).commands.filter((one) => one.name() !== "help")) {
      const path = `docs/${command.name()}.md`;
      const text = readFileSync(join(root, path), "utf8");
      if (!BLOCK.test(text)) throw new Error(`${path} has no block for its options`);
      pages.set(path, text.replace(BLOCK, (_, open: string, close: string) => `${open}${optionsOf(command)}${close}`));
    }
  } finally {
    terminal.close();
  }
  return pages;
}

function optionsOf(command: Command): string {
  const shown = command.options.filter((option) => !option.hidden);
  const rows = shown.map(({ flags, description, defaultValueDescription, defaultValue }) => {
    const standard = defaultValueDescription ?? (defaultValue === undefined ? "" : String(defaultValue));
    return [code(flags), standard, description];
  });
  return table([["option", "default", "meaning"], ...rows]);
}
