/**
 * Fills the marked parts of pages that are otherwise written by hand: tables of options and settings, made from what the
 * program itself goes by. A page's own words are never touched.
 */
import type { Command, Option } from "commander";
import { z } from "zod";
import { code, property, settingsTable, table } from "./pages.ts";

/** What a block is filled with, by its name. */
export type Blocks = Readonly<Record<string, string>>;

const BLOCK = /(<!-- generated: ([\w-]+) -->\n)[^]*?(<!-- \/generated -->)/g;

/** The page with its blocks filled. Throws where a block has no content, or some content no block. */
export function fill(page: string, text: string, blocks: Blocks): string {
  const used = new Set<string>();
  const filled = text.replace(BLOCK, (_, open: string, name: string, close: string) => {
    const content = blocks[name];
    if (content === undefined) throw new Error(`${page}: there is nothing to fill the block "${name}" with`);
    used.add(name);
    return `${open}${content}${close}`;
  });
  const missing = Object.keys(blocks).find((name) => !used.has(name));
  if (missing !== undefined) throw new Error(`${page}: there is no block "${missing}" (<!-- generated: ${missing} --> … <!-- /generated -->)`);
  return filled;
}

/** How a command is called, and what it understands. */
export function commandBlocks(command: Command): Blocks {
  const help = command.createHelp();
  const usage = `\`\`\`text\n${help.commandUsage(command)}\n\`\`\`\n`;
  const named = command.registeredArguments.map((one) => [code(help.argumentTerm(one)), help.argumentDescription(one)]);
  const options = command.options.filter(({ hidden }) => !hidden).map((one) => [code(one.flags), defaultOf(one), meaningOf(one)]);
  const parts = [usage, ...(named.length > 0 ? [table([["argument", "meaning"], ...named])] : []), table([["option", "default", "meaning"], ...options])];
  return { options: parts.join("\n") };
}

function defaultOf({ defaultValue, defaultValueDescription }: Option): string {
  return defaultValueDescription ?? (defaultValue === undefined ? "" : code(String(defaultValue)));
}

function meaningOf({ description, argChoices }: Option): string {
  return argChoices ? `${description}: ${argChoices.map(code).join(", ")}` : description;
}

/** The settings of the configuration, and those that every kind of check has. */
export function configurationBlocks(schema: z.ZodType): Blocks {
  const whole = property(z.toJSONSchema(schema, { io: "input" }));
  const kinds = property(property(whole.properties?.["checks"]).items).anyOf?.map(property) ?? [];
  const [first, ...others] = kinds;
  const common = Object.entries(first?.properties ?? {}).filter(([name]) => others.every(({ properties }) => properties && name in properties));
  return { settings: settingsTable(whole), "check-settings": settingsTable({ ...first, properties: Object.fromEntries(common) }) };
}
