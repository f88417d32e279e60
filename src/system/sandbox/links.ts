/**
 * Symlinks among dependencies that would lead back into the checkout from another place. Package managers link
 * workspace packages by relative paths, which lead to the same place in every tree; an absolute one, or one that leaves
 * the checkout and returns, would make a check read the user's files in place of the tree on trial.
 */
import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { inside, real } from "./paths.ts";

/** A folder of dependencies: `path` is where it really is, `root`/`folder`/`name` (`node_modules` where absent) where it belongs. */
export interface LinkedFolder {
  readonly root: string;
  readonly folder: string;
  readonly name?: string;
  readonly path: string;
}

export interface Link {
  /** Relative to the folder. */
  readonly path: string;
  /** What the link should say instead. */
  readonly text: string;
}

/** The links that must be rewritten. Gives way to other work between the packages, since there may be 100,000 files. */
export async function strayLinks(source: LinkedFolder): Promise<Link[]> {
  const found: Link[] = [];
  for (const entry of readdirSync(source.path, { withFileTypes: true })) {
    if (entry.isDirectory()) collect(source, entry.name, found);
    else if (entry.isSymbolicLink()) found.push(...rewritten(source, entry.name));
    await breathe();
  }
  return found;
}

function collect(source: LinkedFolder, folder: string, found: Link[]): void {
  for (const entry of readdirSync(join(source.path, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) collect(source, path, found);
    else if (entry.isSymbolicLink()) found.push(...rewritten(source, path));
  }
}

function rewritten({ root, folder, name = "node_modules", path: base }: LinkedFolder, path: string): Link[] {
  const text = readlinkSync(join(base, path));
  const at = dirname(join(root, folder, name, path));
  const goal = resolve(at, text);
  if (!isAbsolute(text) && inside(join(at, climbs(text)), root)) return [];
  const place = inside(goal, root) ? goal : inside(real(goal), root) ? real(goal) : undefined;
  return place === undefined ? [] : [{ path, text: relative(at, place) || "." }];
}

/** The `../..` that a relative path begins with: the highest folder that it touches. */
function climbs(text: string): string {
  return /^(?:\.{1,2}\/+)*(?:\.{1,2}$)?/.exec(text)?.[0] ?? "";
}

/** Puts the links into a copy of the folder, or into what lies over it. */
export function putLinks(folder: string, links: readonly Link[]): void {
  for (const { path, text } of links) {
    const at = join(folder, path);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(at) === text) continue;
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { recursive: true, force: true });
    symlinkSync(text, at);
  }
}
