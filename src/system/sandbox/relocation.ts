/**
 * What in a virtual environment names the checkout. Scripts begin with the path of their interpreter, and an editable
 * installation names the folder of its sources; both have to name the tree on trial instead, or a check would read the
 * user's files. Never writes in the environment itself.
 */
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { namesIn, packageFolders, type Environment } from "./environments.ts";
import { mapped, moved, type Move } from "./moved-paths.ts";

/** A file of the environment that has to say something else in another place. */
export interface Patch {
  /** Relative to the environment. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly mode: number;
}

/** A file of an editable installation that is too large to be read for what it names. */
export class EditableFault extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`editable-fault: ${file}`);
    this.file = file;
  }
}

/** Larger files are no launchers and no path files. */
const MAX_PATCHED_BYTES = 1024 * 1024;
/** Path files, links of old installations, and the finders that build tools write for editable ones. */
const EDITABLE = /\.(?:pth|egg-link)$|editable.*\.py$/i;

/** What has to be said otherwise for the environment to work below `target` in place of its root. Throws `EditableFault`. */
export function patchesFor(environment: Environment, target: string): Patch[] {
  const { root, folder, name, path } = environment;
  const own = [path, join(root, folder, name)].map((from): Move => ({ from, to: join(target, folder, name) }));
  const moves = [...own, { from: root, to: target }];
  const bin = join(path, "bin");
  const launchers = namesIn(bin).map((file) => patch(path, join(bin, file), (text) => (isLauncher(text) ? moved(text, moves) : text)));
  const editable = packageFolders(path).flatMap((packages) => {
    const files = namesIn(packages).filter((file) => EDITABLE.test(file)).map((file) => join(packages, file));
    return files.map((file) => patch(path, file, (text) => mapped(text, file, moves)));
  });
  return [...ignored(path), ...launchers, ...editable].filter((one) => one !== undefined);
}

/** Newer tools make environments that git ignores by themselves; a copied one must not become part of a change. */
function ignored(path: string): Patch[] {
  const file = ".gitignore";
  return namesIn(path).includes(file) ? [] : [{ path: file, bytes: Buffer.from("*\n"), mode: 0o644 }];
}

/** Read and written byte for byte: such files are in whatever encoding. */
function patch(path: string, file: string, change: (text: string) => string): Patch | undefined {
  const found = lstatSync(file);
  if (found.size > MAX_PATCHED_BYTES && EDITABLE.test(file)) throw new EditableFault(basename(file));
  if (!found.isFile() || found.size > MAX_PATCHED_BYTES) return undefined;
  const text = readFileSync(file, "latin1");
  const changed = change(text);
  return changed === text ? undefined : { path: relative(path, file), bytes: Buffer.from(changed, "latin1"), mode: found.mode & 0o777 };
}

/** Scripts, and what a shell reads to enter the environment. */
function isLauncher(text: string): boolean {
  return text.startsWith("#!") || text.includes("VIRTUAL_ENV");
}

/** Puts patches into a copy of the environment, or into what lies over it. */
export function putPatches(folder: string, patches: readonly Patch[]): void {
  for (const { path, bytes, mode } of patches) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    writeFileSync(at, bytes, { mode });
  }
}
