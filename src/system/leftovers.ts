/**
 * Removes from a worktree of stet's own what git, when it sets the next tree, would leave standing or be misled by. It
 * never looks at pipes, sockets and devices, nor at a repository inside a folder of tracked files; and behind a symlink
 * in a folder's place it takes the files that were moved away for the tree's own. Never follows a symlink.
 */
import { chmodSync, lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { hasCode, removeAll } from "./files.ts";

/**
 * Removes them below `folder`, all symlinks among them, but for the folders in `kept` (absolute). A folder that was closed
 * is opened again.
 */
export async function removeLeftovers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  open(folder);
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (kept.has(path)) continue;
    if (entry.name === ".git" || !(entry.isFile() || entry.isDirectory())) await removeAll(path);
    else if (entry.isDirectory()) await removeLeftovers(path, kept);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}

/** git keeps no rights of folders, so it would not give them back. */
function open(folder: string): void {
  const { mode } = lstatSync(folder);
  if ((mode & 0o700) !== 0o700) chmodSync(folder, mode | 0o700);
}
