/** The Python files below the current folder that are asked about, sorted. Follows no link, and enters no environment. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RuffQuestion } from "./protocol.ts";

/** The build takes every file for a module: rules for stubs would not hold. */
const LINTED = /\.py$/;

export function* filesOf({ paths, only }: RuffQuestion): Generator<string> {
  for (const path of only ?? paths) yield* walk(path.replace(/^\.\//, "").replace(/\/+$/, ""));
}

function* walk(path: string): Generator<string> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true && LINTED.test(path)) yield path;
  if (found?.isDirectory() !== true) return;
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const inner = path === "." ? entry.name : join(path, entry.name);
    if (entry.isDirectory() && !isLeftOut(inner)) yield* walk(inner);
    else if (entry.isFile() && LINTED.test(entry.name)) yield inner;
  }
}

function isLeftOut(folder: string): boolean {
  return /(?:^|\/)(?:\.git|node_modules)$/.test(folder) || statSync(join(folder, "pyvenv.cfg"), { throwIfNoEntry: false }) !== undefined;
}
