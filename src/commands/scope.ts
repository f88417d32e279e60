/** Paths as the user types them, relative to where they stand, as prefixes relative to the repository's root. */
import { relative, resolve } from "node:path";
import { Problem, EXIT } from "../domain/problem.ts";
import { findRepository } from "../system/repository.ts";
import { realFolder } from "../system/files.ts";

/** Empty for the whole repository. Throws `Problem` (64) for a path outside. */
export async function scopeOf(cwd: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const repository = await findRepository(cwd);
  if (!repository) return [];
  const here = await realFolder(cwd);
  const prefixes = paths.map((path) => relative(repository.checkout, resolve(here, path)).split("\\").join("/"));
  const outside = prefixes.find((prefix) => prefix === ".." || prefix.startsWith("../"));
  if (outside !== undefined) throw new Problem("path-outside", { path: outside }, EXIT.usage);
  return prefixes.includes("") ? [] : prefixes;
}
