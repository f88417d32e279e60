/**
 * A project's `node_modules` with a few packages of this repository's own, and whatever those need: a run of stet looks at
 * all that is installed, and in a folder of some hundred packages the looking costs more than the run.
 */
import { cpSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { shelf } from "./shelf.ts";
import { packageRoot } from "./workspace.ts";

const MODULES = join(packageRoot, "node_modules");

/** The folder to link to as `node_modules`. The packages are links to the same files: nothing may write to them in place. */
export function installed(names: readonly string[]): string {
  const folder = join(shelf(), names.join("+").replaceAll("/", "-"));
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(join(shelf(), "making-"));
  for (const name of closureOf(names)) put(name, made);
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another test file was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8")) as Manifest;
}

/** With all that they depend on, as far as it stands beside them: what stands within comes with its package. */
function closureOf(names: readonly string[]): Set<string> {
  const found = new Set(names);
  for (const name of found) {
    const { dependencies, optionalDependencies } = manifestOf(name);
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (existsSync(join(MODULES, needed))) found.add(needed);
    }
  }
  return found;
}

function put(name: string, folder: string): void {
  linkTree(join(MODULES, name), join(folder, name));
  const { bin = {} } = manifestOf(name);
  mkdirSync(join(folder, ".bin"), { recursive: true });
  for (const [program, path] of Object.entries(typeof bin === "string" ? { [basename(name)]: bin } : bin)) {
    const link = join(folder, ".bin", program);
    // Of two with programs of one name, such as jest and jest-cli, the first has it.
    if (!existsSync(link)) symlinkSync(join("..", name, path), link);
  }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    const [source, target] = [join(from, entry), join(to, entry)];
    if (lstatSync(source).isDirectory()) linkTree(source, target);
    else link(source, target);
  }
}

/** A copy where the two are on different disks. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to, { verbatimSymlinks: true });
  }
}
