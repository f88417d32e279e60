/**
 * Takes from a worktree of stet's own everything that the next tree does not have, in one walk: then git, which sets the
 * tree, only has to look at the files that stay. Symlinks go in any case, since git would take the files behind one in a
 * folder's place for the tree's own, and so do pipes, sockets, devices and repositories inside, which it never looks at.
 * Never follows a symlink.
 */
import { chmodSync, lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { hasCode, removeAll } from "./files.ts";
import { FOLDER_MODE, rawName, type Folder, type FolderEntry } from "./folders.ts";
import type { Folders } from "./tree.ts";

const SUBMODULE_MODE = "160000";
const EMPTY: Folder = new Map();

/**
 * Leaves the regular files and folders below `root` that stand where the tree has such, and the folders in `kept`
 * (absolute). A folder that was closed is opened again. False where a name stands there that is no UTF-8: such a one can
 * only be removed by git.
 */
export async function removeLeftovers(root: string, tree: Folders, kept: ReadonlySet<string>): Promise<boolean> {
  return clear(root, tree.byId.get(tree.root) ?? EMPTY, tree, kept);
}

async function clear(path: string, folder: Folder, tree: Folders, kept: ReadonlySet<string>): Promise<boolean> {
  open(path);
  let isKnown = true;
  for (const entry of entriesOf(path)) {
    const at = join(path, entry.name);
    const wanted = folder.get(rawName(entry.name));
    if (kept.has(at)) continue;
    if (entry.name.includes("\ufffd")) isKnown = false;
    if (!stays(entry, wanted)) await removeAll(at);
    else if (entry.isDirectory()) isKnown = (await clear(at, tree.byId.get(wanted?.id ?? "") ?? EMPTY, tree, kept)) && isKnown;
  }
  return isKnown;
}

/** What the tree has there, too, of the same kind. A submodule is an empty folder here. */
function stays(entry: Dirent, wanted: FolderEntry | undefined): boolean {
  if (entry.isDirectory()) return wanted?.mode === FOLDER_MODE || wanted?.mode === SUBMODULE_MODE;
  return entry.isFile() && wanted !== undefined && wanted.mode.startsWith("100");
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
