/**
 * Which files a file imports, directly or through others: enough to say which proposals a finding in an unedited file
 * may come from. Specifiers are found by pattern and resolved by name, since a wrong answer costs a measurement and
 * never a verdict; TypeScript's own resolution would cost a program.
 */
import { posix } from "node:path";
import { decode } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { listTree, readObjects } from "../system/tree.ts";

export type ImportGraph = (file: string) => ReadonlySet<string>;

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']/g;
const ENDINGS = ["", ".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".json"];
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

function isCode(path: string): boolean {
  return CODE.test(path);
}

/** `texts` holds the code files; `packages` maps the name of each workspace package to its folder. */
export function importGraph(texts: ReadonlyMap<string, string>, packages: ReadonlyMap<string, string>): ImportGraph {
  const direct = new Map<string, readonly string[]>();
  const closures = new Map<string, ReadonlySet<string>>();
  const importsOf = (file: string): readonly string[] => {
    const known = direct.get(file) ?? resolveAll(file, texts, packages);
    direct.set(file, known);
    return known;
  };
  return (file) => {
    const known = closures.get(file) ?? closure(file, importsOf);
    closures.set(file, known);
    return known;
  };
}

function closure(file: string, importsOf: (file: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const queue = [file];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const imported of importsOf(next)) {
      if (reached.has(imported)) continue;
      reached.add(imported);
      queue.push(imported);
    }
  }
  return reached;
}

function resolveAll(file: string, texts: ReadonlyMap<string, string>, packages: ReadonlyMap<string, string>): string[] {
  const specifiers = [...(texts.get(file) ?? "").matchAll(SPECIFIER)].map(([, specifier = ""]) => specifier);
  return specifiers.flatMap((specifier) => resolve(file, specifier, texts, packages));
}

function resolve(
  file: string,
  specifier: string,
  texts: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string>,
): string[] {
  if (specifier.startsWith(".")) return within(posix.join(posix.dirname(file), specifier), texts);
  const name = [...packages.keys()].find((one) => specifier === one || specifier.startsWith(`${one}/`));
  if (name === undefined) return [];
  const folder = packages.get(name) ?? "";
  return [...texts.keys()].filter((path) => path.startsWith(`${folder}/`));
}

/** `./a.js` may mean `a.ts`; `./a` may mean `a.ts` or `a/index.ts`; `.` and `..` are folders. */
function within(joined: string, texts: ReadonlyMap<string, string>): string[] {
  const path = joined.replace(/\/$/, "");
  const bare = path.replace(/\.([cm]?)jsx?$/, "");
  const stems = bare === path ? [path, posix.join(path, "index")] : [path, bare];
  return stems.flatMap((stem) => ENDINGS.map((ending) => stem + ending)).filter((one) => texts.has(one));
}

/** The import graph of a tree, from the code files and package names in it. */
export async function loadImports(git: Git, tree: string): Promise<ImportGraph> {
  const entries = (await listTree(git, tree)).filter(({ path }) => isCode(path) || path.endsWith("package.json"));
  const objects = await readObjects(git, entries.map(({ id }) => id));
  const texts = new Map<string, string>();
  const packages = new Map<string, string>();
  for (const { path, id } of entries) {
    const text = decode(objects.get(id) ?? Buffer.alloc(0)) ?? "";
    if (isCode(path)) texts.set(path, text);
    else if (path.includes("/")) packages.set(packageName(text), path.slice(0, path.lastIndexOf("/")));
  }
  packages.delete("");
  return importGraph(texts, packages);
}

function packageName(json: string): string {
  return /"name"\s*:\s*"([^"]+)"/.exec(json)?.[1] ?? "";
}
