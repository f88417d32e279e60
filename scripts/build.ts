/**
 * Builds what is shipped and what the tests start: `dist/` holds all of stet in a few files instead of 600, with a chunk
 * for each thing that is loaded late, and one for each worker. Half of what a short run costs is finding and linking
 * modules. The small packages that every run loads are taken in with their licences; the others are loaded when something
 * asks for them. Declarations are tsc's work (`tsconfig.build.json`). Called as a program, it builds this repository.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown, type OutputChunk } from "rolldown";

/** What nearly every run loads, or little of what is large. */
const TAKEN_IN = new Set(["atomically", "commander", "diff", "env-paths", "is-safe-filename", "jsonc-parser", "picomatch", "smol-toml", "zod"]);
const MODULES = `${sep}node_modules${sep}`;
/** Stands in a module for the way from its chunk to `dist/`, which is known once there are chunks. */
const WAY = "stet-way-to-dist";

/** Brings the programs of `dist/` up to date and gives the path of the command line. Throws what rolldown throws. */
export async function buildDist(root: string): Promise<string> {
  const dist = join(root, "dist");
  const chunks = await chunksOf(join(root, "src"));
  const files = new Map(chunks.map(({ fileName, code }) => [fileName, code]));
  files.set("LICENSES.txt", licencesOf(chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => id.includes(MODULES))));
  // What is as it was stays untouched: someone may be running it.
  for (const [name, text] of files) writeChanged(join(dist, name), text);
  for (const name of globSync("**/*.js", { cwd: dist })) if (!files.has(name.split(sep).join("/"))) rmSync(join(dist, name));
  return join(dist, "cli.js");
}

async function chunksOf(source: string): Promise<OutputChunk[]> {
  const entries = ["cli.ts", "index.ts", ...globSync("**/*.worker.ts", { cwd: source })];
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry.replace(/\.ts$/, ""), join(source, entry)])),
    platform: "node",
    // `main` of jsonc-parser is a format that bundlers cannot follow.
    resolve: { mainFields: ["module", "main"] },
    external: (id, importer) => isPackage(id) && importer?.includes(MODULES) !== true && !TAKEN_IN.has(id),
    plugins: [
      {
        name: "modules-know-their-place",
        transform: (code, id) => placed(code, id, source),
        renderChunk: (code, { fileName }) => code.replaceAll(WAY, () => posix.relative(posix.dirname(fileName), ".") || "."),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" });
  await bundle.close();
  return output.filter((one) => one.type === "chunk");
}

function isPackage(id: string): boolean {
  return !id.startsWith(".") && !id.startsWith("/");
}

/** A module finds its workers and its package from where tsc would have put it, whichever chunk it came to. */
function placed(code: string, id: string, source: string): string | null {
  if (!id.startsWith(source) || !code.includes("import.meta.url")) return null;
  const place = relative(source, id).split(sep).join("/").replace(/\.ts$/, ".js");
  return code.replaceAll("import.meta.url", () => `new URL("${WAY}/${place}", import.meta.url).href`);
}

function writeChanged(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The licence of every package of which something was taken in. */
function licencesOf(modules: readonly string[]): string {
  const folders = [...new Set(modules.map(folderOf))].sort();
  return folders.map((folder) => `${titleOf(folder)}\n\n${licenceIn(folder)}\n`).join(`\n${"-".repeat(80)}\n`);
}

function folderOf(module: string): string {
  const [, folder] = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)/.exec(module) ?? [];
  if (folder === undefined) throw new Error(`${module} is of no package`);
  return folder;
}

function titleOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  return `${name} ${version} (${license})`;
}

function licenceIn(folder: string): string {
  const [file] = globSync("{license,LICENSE,licence,LICENCE}*", { cwd: folder });
  if (file === undefined) throw new Error(`${folder} has no licence beside it`);
  return readFileSync(join(folder, file), "utf8").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildDist(fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, ""));
