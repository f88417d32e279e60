/**
 * Writes what follows from the plug-in folders, the configuration's shape and the command line: the folders' indexes,
 * their docs pages, the published JSON Schema and the marked tables in the other pages. `--check` writes nothing, names
 * what is stale and exits with 1. `--root <folder>` works on another house. Nothing that it writes is written by hand.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Console } from "../src/commands/console.ts";
import type { makeProgram } from "../src/commands/program.ts";
import { commandBlocks, configurationBlocks, fill, type Blocks } from "./blocks.ts";
import { describe, indexText, ROOMS } from "./plugins.ts";
import { pageText } from "./pages.ts";

const { values } = parseArgs({ options: { check: { type: "boolean" }, root: { type: "string" } } });
const root = values.root ?? fileURLToPath(new URL("..", import.meta.url));

/** Writes the file, or says that it is stale; nothing is done to a file that is as it should be. */
function settle(path: string, text: string): readonly string[] {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, "utf8") === text) return [];
  if (values.check) return [path];
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  process.stdout.write(`wrote ${path}\n`);
  return [];
}

/** A file of the house as a module; undefined where the house has none yet. */
async function load(path: string): Promise<unknown> {
  const file = join(root, path);
  return existsSync(file) ? import(pathToFileURL(file).href) : undefined;
}

async function settleConfiguration(): Promise<readonly string[]> {
  const module = await load("src/commands/config.ts");
  if (module === undefined) return [];
  const { configSchema } = z.looseObject({ configSchema: z.instanceof(z.ZodType) }).parse(module);
  const schema = { title: "stet configuration", ...z.toJSONSchema(configSchema, { io: "input" }) };
  return [
    ...settle("schema/stet.config.schema.json", `${JSON.stringify(schema, null, 2)}\n`),
    ...settleBlocks("docs/configuration.md", configurationBlocks(configSchema)),
  ];
}

const isProgram = z.custom<typeof makeProgram>((value) => typeof value === "function");

/** A page for each command. */
async function settleCommands(): Promise<readonly string[]> {
  const module = await load("src/commands/program.ts");
  if (module === undefined) return [];
  const program = await z.looseObject({ makeProgram: isProgram }).parse(module).makeProgram(SILENT);
  const commands = program.commands.filter((command) => command.name() !== "help");
  return commands.flatMap((command) => settleBlocks(`docs/${command.name()}.md`, commandBlocks(command)));
}

function settleBlocks(path: string, blocks: Blocks): readonly string[] {
  const file = join(root, path);
  if (!existsSync(file)) throw new Error(`${path} is not there: write it, with ${Object.keys(blocks).map((name) => `<!-- generated: ${name} -->`).join(", ")}`);
  return settle(path, fill(path, readFileSync(file, "utf8"), blocks));
}

/** Nothing is run, so nothing is said. */
const SILENT: Console = {
  print: () => undefined,
  paint: (_, text) => text,
  listener: () => Promise.resolve(() => undefined),
  signal: new AbortController().signal,
  exitCodeOfAbort: () => 1,
  why: () => ({ by: "generate", code: "interrupted", args: {} }),
  deadline: () => undefined,
  exit: () => undefined,
};

const stale = ROOMS.flatMap((room) => settle(`src/${room.folder}/index.ts`, indexText(root, room)));
for (const room of ROOMS) stale.push(...settle(`docs/${room.page ?? room.folder}.md`, pageText(room, await describe(root, room))));
// Configuration and commands import the indexes, so they must stand first.
if (!stale.some((path) => path.endsWith("index.ts"))) stale.push(...(await settleConfiguration()), ...(await settleCommands()));

for (const path of stale) process.stderr.write(`stale: ${path} (npm run generate)\n`);
process.exitCode = stale.length > 0 ? 1 : 0;
