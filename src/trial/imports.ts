/**
 * Which files a file imports, directly or through others: enough to say which proposals a finding in an unedited file
 * may come from. Specifiers are found by pattern and resolved by name, since a wrong answer costs a measurement and
 * never a verdict; TypeScript's own resolution would cost a program.
 */
import { posix } from "node:path";
import { decode } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { listTree, readObjects, type TreeEntry } from "../system/tree.ts";

/** Code files with their specifiers. */
type Imports = ReadonlyMap<string, readonly string[]>;

export type ImportGraph = (file: string) => ReadonlySet<string>;

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']/g;
const ENDINGS = ["", ".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".json"];
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

function isCode(path: string): boolean {
  return CODE.test(path);
}

/** What a code file imports, as it writes it. */
export function specifiersIn(text: string): string[] {
  return [...text.matchAll(SPECIFIER)].map(([, specifier = ""]) => specifier);
}

/** Closures that are remembered: each may hold most of a project. */
const MAX_CLOSURES = 200;

/** `imports` holds each code file's specifiers; `packages` maps the name of each workspace package to its folder. */
export function importGraph(imports: Imports, packages: ReadonlyMap<string, string>): ImportGraph {
  const direct = new Map<string, readonly string[]>();
  const closures = new Map<string, ReadonlySet<string>>();
  const filesIn = once((folder: string) => [...imports.keys()].filter((path) => path.startsWith(`${folder}/`)));
  const importsOf = (file: string): readonly string[] => {
    const known = direct.get(file) ?? (imports.get(file) ?? []).flatMap((one) => resolve(file, one, imports, packages, filesIn));
    direct.set(file, known);
    return known;
  };
  return (file) => {
    const known = closures.get(file) ?? closure(file, importsOf);
    if (closures.size >= MAX_CLOSURES) closures.clear();
    closures.set(file, known);
    return known;
  };
}

function once(make: (name: string) => readonly string[]): (name: string) => readonly string[] {
  const made = new Map<string, readonly string[]>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
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

function resolve(
  file: string,
  specifier: string,
  imports: Imports,
  packages: ReadonlyMap<string, string>,
  filesIn: (folder: string) => readonly string[],
): readonly string[] {
  if (specifier.startsWith(".")) return within(posix.join(posix.dirname(file), specifier), imports);
  const [scope = "", name = ""] = specifier.split("/");
  const folder = packages.get(scope.startsWith("@") ? `${scope}/${name}` : scope);
  return folder === undefined ? [] : filesIn(folder);
}

/** `./a.js` may mean `a.ts`; `./a` may mean `a.ts` or `a/index.ts`; `.` and `..` are folders. */
function within(joined: string, imports: Imports): string[] {
  const path = joined.replace(/\/$/, "");
  const bare = path.replace(/\.([cm]?)jsx?$/, "");
  const stems = bare === path ? [path, posix.join(path, "index")] : [path, bare];
  return stems.flatMap((stem) => ENDINGS.map((ending) => stem + ending)).filter((one) => imports.has(one));
}

/** What was read out of a blob: it never means anything else, so from tree to tree only changed files are read. */
const known = new Map<string, readonly string[]>();
const MAX_KNOWN = 200_000;
/** Files that are in memory at once. */
const MAX_READ = 200;

/** The import graph of a tree, from the code files and package names in it. */
export async function loadImports(git: Git, tree: string): Promise<ImportGraph> {
  const entries = (await listTree(git, tree)).filter(({ path }) => isCode(path) || path.endsWith("package.json"));
  if (known.size > MAX_KNOWN) known.clear();
  const unread = entries.filter((entry) => !known.has(keyOf(entry)));
  for (let at = 0; at < unread.length; at += MAX_READ) await readWords(git, unread.slice(at, at + MAX_READ));
  const words = entries.map((entry): [string, readonly string[]] => [entry.path, known.get(keyOf(entry)) ?? []]);
  const packages = words.filter(([path]) => !isCode(path) && path.includes("/"));
  const folders = new Map(packages.map(([path, [name = ""]]) => [name, path.slice(0, path.lastIndexOf("/"))]));
  folders.delete("");
  return importGraph(new Map(words.filter(([path]) => isCode(path))), folders);
}

async function readWords(git: Git, entries: readonly TreeEntry[]): Promise<void> {
  const objects = await readObjects(git, entries.map(({ id }) => id));
  for (const entry of entries) {
    const text = decode(objects.get(entry.id) ?? Buffer.alloc(0)) ?? "";
    known.set(keyOf(entry), isCode(entry.path) ? specifiersIn(text) : [packageName(text)]);
  }
}

/** The same bytes say another thing in a package.json. */
function keyOf({ path, id }: TreeEntry): string {
  return `${isCode(path) ? "code" : "package"} ${id}`;
}

function packageName(json: string): string {
  return /"name"\s*:\s*"([^"]+)"/.exec(json)?.[1] ?? "";
}
