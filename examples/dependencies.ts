/**
 * Gives the sample workspace a node_modules of its own without a network: real copies of the few packages that it needs,
 * out of stet's own. Links would lead out of the sample, where the sandbox of a check does not reach.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export interface Wanted {
  /** Packages that the sample's package.json names. */
  readonly packages: readonly string[];
  /** Programs, each with its file inside node_modules. */
  readonly programs: Readonly<Record<string, string>>;
  /** The sample's own packages by name, each with its folder. */
  readonly workspaces: Readonly<Record<string, string>>;
}

/** Fills `<root>/node_modules`. */
export function provide(root: string, stet: string, wanted: Wanted): void {
  const from = join(stet, "node_modules");
  const to = join(root, "node_modules");
  for (const folder of closure(stet, wanted.packages)) {
    const path = relative(from, folder);
    // A package inside another one comes along with it.
    if (!path.includes("node_modules")) cpSync(folder, join(to, path), { recursive: true, verbatimSymlinks: true });
  }
  for (const [program, file] of Object.entries(wanted.programs)) link(join(to, ".bin", program), join(to, file));
  for (const [name, folder] of Object.entries(wanted.workspaces)) link(join(to, name), join(root, folder));
}

/** Relative, as npm does it, so that it leads to the same place in every copy of the tree. */
function link(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(relative(dirname(path), target), path);
}

/** The folders of these packages and of everything that they need, each once. */
function closure(stet: string, packages: readonly string[]): Set<string> {
  const folders = new Set<string>();
  const waiting = packages.map((name) => locate(stet, name));
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (folders.has(folder)) continue;
    folders.add(folder);
    for (const name of needs(folder)) waiting.push(locate(folder, name));
  }
  return folders;
}

/** Where Node would find the package from this folder. Throws where it is not installed. */
function locate(from: string, name: string): string {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
    if (at === dirname(at)) throw new Error(`${name} is not installed: run npm ci first`);
  }
}

function needs(folder: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("dependencies" in manifest)) return [];
  return Object.keys(manifest.dependencies ?? {});
}
