/** Where a machine keeps a language's toolchain and packages, and what tells one state of them from another. */
import { createHash } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { hostBins } from "./environment.ts";
import { isFolder, real } from "./paths.ts";

/** A folder that the user may have moved by an environment variable, else one below his home; undefined where there is none. */
export function userFolder(variable: string, below = ""): string | undefined {
  const named = process.env[variable] ?? "";
  return existing(isAbsolute(named) ? named : join(homedir(), below));
}

/** Where a folder really is; undefined where there is none. */
export function existing(path: string): string | undefined {
  return isAbsolute(path) && isFolder(path) ? real(path) : undefined;
}

/** A program on the PATH as a worktree has it: where it really is; undefined where there is none. */
export function programOnPath(name: string, checkout: string): string | undefined {
  const paths = hostBins(checkout).map((folder) => join(folder, name));
  const found = paths.find((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined);
  return found === undefined ? undefined : real(found);
}

/** A hash over these files and folders: kinds, sizes and times, and of a folder the names in it with theirs. */
export function stateOf(paths: readonly (string | undefined)[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    if (path === undefined) continue;
    hash.update(`${path}\0${statsOf(path)}\n`);
    for (const name of namesIn(path)) hash.update(`${name}\0${statsOf(join(path, name))}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

function statsOf(path: string): string {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? [stats.mode, stats.size, stats.mtimeNs].join(" ") : "none";
}

/** The names in a folder, sorted; none where it is none. */
export function namesIn(path: string): string[] {
  return isFolder(path) ? readdirSync(path).sort() : [];
}
