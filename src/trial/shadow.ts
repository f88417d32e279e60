/**
 * The shadow repository: a git directory of stet's own, in the cache, that borrows the user's objects. Trials write
 * their trees here and check them out from here, so the user's repository sees nothing of a trial: no worktree entry,
 * no object, no config read that could run a program, no trace after a dry run.
 */
import { join, resolve } from "node:path";
import { cacheRoot, ensureFolder, exists, nameFor, readMaybe, removeAll, writeWhole } from "../system/files.ts";
import { Git } from "../system/git.ts";
import type { Repository } from "../system/repository.ts";

export interface Shadow {
  readonly git: Git;
  /** The cache folder of this repository; worktrees and readings stand beside the git directory. */
  readonly folder: string;
  /** Host paths that git needs to see inside a sandbox. */
  readonly objectFolders: readonly string[];
  /** Where the history of a shallow clone ends, as git notes it; empty for others. */
  readonly shallow: string;
}

/** What a blob holds is what stands on disk: no line-ending conversion, no filter, no keyword expansion. */
const ATTRIBUTES = "* -text !eol !ident !filter !working-tree-encoding !diff\n";

export async function openShadow(repository: Repository): Promise<Shadow> {
  const folder = await ensureFolder(join(cacheRoot(), nameFor(repository.commonDir)));
  const gitDir = join(folder, "shadow.git");
  const git = new Git({ gitDir });
  // The exclude file is the last to be written: without it, a run was killed while it made the shadow.
  if (!(await exists(join(gitDir, "info/exclude")))) {
    await removeAll(gitDir);
    const args = ["init", "--quiet", "--bare", "--template=", `--object-format=${repository.objectFormat}`, gitDir];
    await new Git().text(args, { cwd: folder });
  }
  const objects = join(repository.commonDir, "objects");
  await writeWhole(join(gitDir, "objects/info/alternates"), `${objects}\n`);
  await writeWhole(join(gitDir, "info/attributes"), ATTRIBUTES);
  await writeWhole(join(gitDir, "info/exclude"), "node_modules\n.stet\n");
  const shallow = (await readMaybe(join(repository.commonDir, "shallow"))) ?? "";
  return { git, folder, objectFolders: [...(await borrowed(objects)), join(gitDir, "objects")], shallow };
}

/** git itself follows no longer chain of alternates. */
const MAX_DEPTH = 5;

/** A folder of objects and those that it borrows from, as `git clone --shared` and `--reference` make them. */
async function borrowed(objects: string, depth = 0): Promise<string[]> {
  const lines = ((await readMaybe(join(objects, "info/alternates"))) ?? "").split("\n");
  const next = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => resolve(objects, line));
  const more = depth < MAX_DEPTH ? await Promise.all(next.map((path) => borrowed(path, depth + 1))) : [];
  const all = [...new Set([objects, ...more.flat()])];
  const present = await Promise.all(all.map(exists));
  return all.filter((_, index) => present[index]);
}
