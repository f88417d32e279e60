/** What a check is told of a change when it is asked whether a finding has to do with it. */
import type { Change } from "../domain/plugin.ts";
import { decode } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { entriesAt, readObjects } from "../system/tree.ts";
import { loadImports, type ImportGraph } from "./imports.ts";
import { textsBetween } from "./texts.ts";

/** Undefined where the trees differ in more than texts. */
export async function changeBetween(git: Git, base: string, tree: string): Promise<Change | undefined> {
  const difference = await textsBetween(git, base, tree);
  if (!difference) return undefined;
  const texts = new Map<string, Promise<string | undefined>>();
  let graph: Promise<ImportGraph> | undefined;
  return {
    ...difference,
    readText: (path) => {
      const known = texts.get(path) ?? readText(git, tree, path);
      texts.set(path, known);
      return known;
    },
    reaches: async (file) => (await (graph ??= loadImports(git, base)))(file),
  };
}

async function readText(git: Git, tree: string, path: string): Promise<string | undefined> {
  const entry = (await entriesAt(git, tree, [path])).get(path);
  if (!entry?.mode.startsWith("100")) return undefined;
  const bytes = (await readObjects(git, [entry.id])).get(entry.id);
  return bytes && decode(bytes);
}
