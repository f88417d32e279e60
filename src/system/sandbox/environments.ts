/**
 * Python's virtual environments: where one stands, what is installed there, what its programs need of the machine, and
 * what in it names the checkout. Scripts begin with the path of their interpreter, and an editable installation names the
 * folder of its sources; both have to name the tree on trial instead, or a check would read the user's files. Never
 * writes there.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
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

function namesIn(folder: string): string[] {
  return isFolder(folder) ? readdirSync(folder).filter((name) => name !== "__pycache__").sort() : [];
}

/** `lib/python3.12/site-packages`; `lib64` is a link to `lib` or holds the rest. */
function packageFolders(path: string): string[] {
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

interface Move {
  readonly from: string;
  readonly to: string;
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

/** Paths as they are written, wherever one begins; a longer name that only begins alike is another path. */
function moved(text: string, moves: readonly Move[]): string {
  return moves.reduce((now, { from, to }) => {
    const [first = "", ...rest] = now.split(raw(from));
    return rest.reduce((left, right) => left + (/^[\w.-]/.test(right) ? raw(from) : raw(to)) + right, first);
  }, text);
}

/** Then also paths that lead to the checkout by another name: lines of a path file, and strings of a finder. */
function mapped(text: string, file: string, moves: readonly Move[]): string {
  const plain = moved(text, moves);
  const map = (path: string): string => {
    const leads = real(Buffer.from(path, "latin1").toString());
    const move = moves.find(({ from }) => inside(leads, real(from)));
    return move ? raw(join(move.to, relative(real(move.from), leads))) : path;
  };
  if (!file.endsWith(".py")) return plain.replace(/^\/.*?(?=\s*$)/gm, map);
  return plain.replace(/(["'])(\/[^"'\\\r\n]+)\1/g, (_, quote: string, path: string) => quote + map(path) + quote);
}

/** As the bytes of the path look when they are read as Latin-1. */
function raw(path: string): string {
  return Buffer.from(path).toString("latin1");
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
