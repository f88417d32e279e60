/**
 * Python's virtual environments: where one stands, what is installed there, and what its programs need of the machine.
 * Never writes there.
 */
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { inside, isFolder, real } from "./paths.ts";

const SETTINGS = "pyvenv.cfg";
/** Names that are in use for a project's environment. */
export const ENVIRONMENT_NAMES: readonly string[] = [".venv", "venv", "env"];

export function isEnvironment(path: string): boolean {
  return isFolder(path) && statSync(join(path, SETTINGS), { throwIfNoEntry: false })?.isFile() === true;
}

/** A virtual environment: `path` is where it really is, `root`/`folder`/`name` where it belongs. */
export interface Environment {
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly path: string;
}

/**
 * A hash over what is installed: names, and times of what installers write. A package edited in place is not noticed, nor
 * are the caches that Python writes itself.
 */
export function environmentFingerprint(path: string): string {
  const hash = createHash("sha256").update(readFileSync(join(path, SETTINGS)));
  for (const folder of [join(path, "bin"), ...packageFolders(path)]) {
    for (const name of namesIn(folder)) {
      const { mode, mtimeNs, size } = lstatSync(join(folder, name), { bigint: true });
      const isRecord = !(mode & 0o040000n) || /\.(?:dist|egg)-info$/.test(name);
      hash.update(isRecord ? `${name}\0${mode}\0${mtimeNs}\0${size}\n` : `${name}\n`);
    }
  }
  return hash.digest("hex");
}

export function namesIn(folder: string): string[] {
  return isFolder(folder) ? readdirSync(folder).filter((name) => name !== "__pycache__").sort() : [];
}

/** `lib/python3.12/site-packages`; `lib64` is a link to `lib` or holds the rest. */
export function packageFolders(path: string): string[] {
  const libraries = ["lib", "lib64"].map((name) => join(path, name)).filter((folder) => isFolder(folder) && !lstatSync(folder).isSymbolicLink());
  return libraries.flatMap((library) => namesIn(library).map((version) => join(library, version, "site-packages"))).filter(isFolder);
}

/** A link may lead on to another, and not in a circle. */
const MAX_HOPS = 20;

/**
 * What of the machine its interpreter needs, for it to be shown read-only: the installation that it was made from, and
 * each link on the way there. Where that is a home folder itself, only its programs and libraries.
 */
export function interpreterPaths({ path, root }: Environment): string[] {
  const [, home = ""] = /^home\s*=\s*(.+?)\s*$/m.exec(readFileSync(join(path, SETTINGS), "utf8")) ?? [];
  const hops = ["python", "python3"].flatMap((name) => hopsFrom(join(path, "bin", name))).filter((hop) => !inside(hop, path));
  const folders = [...hops.map(dirname), home].filter(isAbsolute).flatMap((bin) => [bin, real(bin)]);
  const installations = folders.filter((bin) => basename(bin) === "bin").map(dirname);
  const whole = installations.filter((one) => ![homedir(), root].some((hidden) => inside(real(hidden), real(one)) || inside(real(one), root)));
  const parts = installations.filter((one) => !whole.includes(one)).flatMap((one) => [join(one, "bin"), join(one, "lib")]);
  return [...new Set([...hops, ...whole, ...parts])].filter((one) => !inside(one, root));
}

function hopsFrom(start: string): string[] {
  const hops: string[] = [];
  let at = start;
  while (hops.length < MAX_HOPS && lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    at = resolve(dirname(at), readlinkSync(at));
    hops.push(at);
  }
  return hops;
}
