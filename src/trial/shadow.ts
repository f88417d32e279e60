/**
 * The shadow repository: a git directory of stet's own, in the cache, that borrows the user's objects. Trials write
 * their trees here and check them out from here, so the user's repository sees nothing of a trial: no worktree entry,
 * no object, no config read that could run a program, no trace after a dry run.
 */
import { join } from "node:path";
import { cacheRoot, ensureFolder, exists, nameFor, removeAll, writeWhole } from "../system/files.ts";
import { Git } from "../system/git.ts";
import type { Repository } from "../system/repository.ts";

export interface Shadow {
  readonly git: Git;
  /** The cache folder of this repository; worktrees and readings stand beside the git directory. */
  readonly folder: string;
  /** Host paths that git needs to see inside a sandbox. */
  readonly objectFolders: readonly string[];
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
  return { git, folder, objectFolders: [objects, join(gitDir, "objects")] };
}
