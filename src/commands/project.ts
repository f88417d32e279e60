/** The base tree as detection sees it, and the dependencies that are installed in the checkout beside it. */
import { join } from "node:path";
import type { CheckDefinition, Project, Validator } from "../domain/plugin.ts";
import { decode, readMaybe } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { listTree, readObjects } from "../system/tree.ts";

export async function openProject(git: Git, tree: string, checkout: string): Promise<Project> {
  const entries = new Map((await listTree(git, tree)).map(({ path, id, mode }) => [path, { id, mode }]));
  return {
    files: [...entries.keys()],
    readText: async (path) => {
      const entry = entries.get(path);
      if (!entry || !entry.mode.startsWith("100")) return undefined;
      const bytes = (await readObjects(git, [entry.id])).get(entry.id);
      return bytes && decode(bytes);
    },
    readDependency: (path) => readMaybe(join(checkout, path)),
  };
}

/** Every check that the validators find, each name once. */
export async function detectChecks(project: Project, validators: readonly Validator[]): Promise<CheckDefinition[]> {
  const found: CheckDefinition[] = [];
  for (const validator of validators) found.push(...(await validator.detect(project)));
  return found.filter((one, index) => found.findIndex(({ name }) => name === one.name) === index);
}
