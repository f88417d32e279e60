/**
 * A copy of a dependency folder for machines without overlays. Checks write into it, so it is compared with its source
 * before each use: the kernel's change time, which no program can set, tells every entry that was touched after the copy
 * was finished, and those are copied again. The source is never written.
 */
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, type BigIntStats } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { ensureFolder, readMaybe, removeAll, writeWhole } from "../files.ts";
import { putPatches, type Patch } from "./environments.ts";
import { copyContents, copyEntry } from "./folders.ts";
import { putLinks, type Link } from "./links.ts";
import { standsBelow } from "./paths.ts";

/** What tools keep among dependencies for themselves: no part of what was installed. */
const CACHE_NAMES = [".cache", ".vite", ".vite-temp", ".vitest"];

export interface Mirror {
  readonly source: string;
  readonly target: string;
  /** A file that says which state of the source was copied, written when the copy was whole. */
  readonly stamp: string;
  readonly identity: string;
  readonly links: readonly Link[];
  readonly patches?: readonly Patch[];
}

/**
 * A hash over what is installed in a `node_modules` folder: names, kinds and times of its packages and of the files in
 * which package managers keep their record. A package edited in place, below its own folder, is not noticed.
 */
export function fingerprint(folder: string): string {
  const hash = createHash("sha256");
  for (const name of installed(folder)) {
    const stats = hashEntry(join(folder, name), name);
    hash.update(stats);
    if (!name.startsWith("@")) continue;
    for (const scoped of installed(join(folder, name))) hash.update(hashEntry(join(folder, name, scoped), scoped));
  }
  return hash.digest("hex");
}

function hashEntry(path: string, name: string): string {
  const { mode, mtimeNs, size } = lstatSync(path, { bigint: true });
  return `${name}\0${mode}\0${mtimeNs}\0${size}\n`;
}

function installed(folder: string): string[] {
  return readdirSync(folder).filter((name) => !CACHE_NAMES.includes(name)).sort();
}

/** Makes the copy the same as its source, with little copying. Does nothing where the tree has no such package. */
export async function freshenMirror(root: string, mirror: Mirror): Promise<void> {
  const { source, target, stamp, identity, links, patches = [] } = mirror;
  if (!standsBelow(root, dirname(target))) return;
  const stamped = lstatSync(stamp, { bigint: true, throwIfNoEntry: false });
  if (stamped && (await readMaybe(stamp)) === identity && standsBelow(root, target)) {
    if (!(await mend(mirror, stamped.ctimeNs))) return;
  } else {
    await removeAll(stamp);
    await removeAll(target);
    await copyContents(source, target, CACHE_NAMES);
  }
  putLinks(target, links);
  putPatches(target, patches);
  await ensureFolder(dirname(stamp));
  await writeWhole(stamp, identity);
}

/** Copies what was touched since `stampedNs` again, and removes what was added; whether there was any. */
async function mend({ source, target, stamp }: Mirror, stampedNs: bigint): Promise<boolean> {
  const names = new Set(installed(source));
  const added = readdirSync(target).filter((name) => !names.has(name));
  const touched: string[] = [];
  for (const name of names) {
    if (isTouched(join(target, name), stampedNs)) touched.push(name);
    await breathe();
  }
  if (added.length + touched.length === 0) return false;
  await removeAll(stamp);
  for (const name of [...added, ...touched]) await removeAll(join(target, name));
  for (const name of touched) await copyEntry(join(source, name), join(target, name));
  return true;
}

function isTouched(path: string, sinceNs: bigint): boolean {
  const stats: BigIntStats | undefined = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined || stats.ctimeNs > sinceNs) return true;
  return stats.isDirectory() && readdirSync(path).some((name) => isTouched(join(path, name), sinceNs));
}
