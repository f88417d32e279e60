/**
 * Chooses the TypeScript whose language service makes the fixes: the project's own where it has one in JavaScript
 * (5.x, 6.x), so that its diagnostics are the ones the findings came from; otherwise stet's (the native 7.x has none).
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type ts from "typescript";

export type Compiler = typeof ts;

/** `root` is absolute; `file`, relative to it, is one that has findings: a workspace may keep its compiler below. */
export function chooseCompiler(root: string, file: string): Compiler {
  for (const folder of [root, ...foldersUp(root, join(root, file))]) {
    const own = load(join(folder, "node_modules", "typescript"));
    if (own) return own;
  }
  const pinned = load("typescript");
  if (!pinned) throw new Error("typescript cannot be loaded");
  return pinned;
}

/** The folders from the file's own up to `root`. */
export function foldersUp(root: string, file: string): string[] {
  const folders: string[] = [];
  let folder = dirname(file);
  while (folder.startsWith(root) && folder.length > root.length) {
    folders.push(folder);
    folder = dirname(folder);
  }
  return [...folders, root];
}

function load(specifier: string): Compiler | undefined {
  try {
    const loaded: unknown = createRequire(import.meta.url)(specifier);
    return hasService(loaded) ? loaded : undefined;
  } catch {
    // Not installed there, or a version that cannot be loaded in process: the next one is tried.
    return undefined;
  }
}

function hasService(loaded: unknown): loaded is Compiler {
  if (typeof loaded !== "object" || loaded === null || !("createLanguageService" in loaded)) return false;
  const server = "server" in loaded ? loaded.server : undefined;
  return typeof server === "object" && server !== null && "ProjectService" in server;
}
