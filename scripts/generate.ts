/**
 * Writes what follows from the plug-in folders and the configuration's shape: the folders' indexes, their docs pages
 * and the published JSON Schema. `--check` writes nothing, names what is stale and exits with 1. `--root <folder>` works
 * on another house. Nothing that it writes is written by hand.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
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

/** The configuration imports the indexes, so they must stand first. Undefined where there is no configuration yet. */
async function schemaText(): Promise<string | undefined> {
  const path = join(root, "src/commands/config.ts");
  if (!existsSync(path)) return undefined;
  const module: unknown = await import(pathToFileURL(path).href);
  const { configSchema } = z.looseObject({ configSchema: z.instanceof(z.ZodType) }).parse(module);
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  return `${JSON.stringify({ title: "stet configuration", ...schema }, null, 2)}\n`;
}

const stale = ROOMS.flatMap((room) => settle(`src/${room.folder}/index.ts`, indexText(root, room)));
for (const room of ROOMS) stale.push(...settle(`docs/${room.folder}.md`, pageText(room, await describe(root, room))));
const schema = stale.some((path) => path.endsWith("index.ts")) ? undefined : await schemaText();
if (schema !== undefined) stale.push(...settle("schema/stet.config.schema.json", schema));

for (const path of stale) process.stderr.write(`stale: ${path} (npm run generate)\n`);
process.exitCode = stale.length > 0 ? 1 : 0;
