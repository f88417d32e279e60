/** Paths as the user types them, relative to where they stand, as prefixes relative to the repository's root. */
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { Problem, EXIT } from "../domain/problem.ts";
import { findRepository } from "../system/repository.ts";
import { exists, realFolder } from "../system/files.ts";
import type { Base } from "./base.ts";

/** Empty for the whole repository. Throws `Problem` (64) for a path outside. */
export async function scopeOf(cwd: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const repository = (await exists(cwd)) ? await findRepository(cwd) : undefined;
  if (!repository) return [];
  const here = await realFolder(cwd);
  const prefixes: string[] = [];
  for (const path of paths) prefixes.push(await prefixOf(resolve(here, path), path, repository.checkout));
  return prefixes.includes("") ? [] : prefixes;
}

/** A path that seems to be outside may have been typed by another name of the same folder. */
async function prefixOf(path: string, typed: string, checkout: string): Promise<string> {
  const direct = below(checkout, path);
  if (direct !== undefined) return direct;
  const folder = await realFolder(dirname(path)).catch(() => dirname(path));
  const real = below(checkout, join(folder, basename(path)));
  if (real === undefined) throw new Problem("path-outside", { path: typed }, EXIT.usage);
  return real;
}

/** `path` relative to `root`, with `/`; undefined where it is outside. */
function below(root: string, path: string): string | undefined {
  const prefix = relative(root, path).split("\\").join("/");
  return prefix === ".." || prefix.startsWith("../") || isAbsolute(prefix) ? undefined : prefix;
}

/** Throws `Problem` (66) for a path that the base does not have. */
export function refuseMissing(scope: readonly string[], { project }: Pick<Base, "project">): void {
  const missing = scope.find((path) => !project.files.some((file) => file === path || file.startsWith(`${path}/`)));
  if (missing !== undefined) throw new Problem("path-missing", { path: missing }, EXIT.noInput);
}
