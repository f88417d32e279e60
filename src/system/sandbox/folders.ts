/** Whole folders: copied, moved and removed. For folders of stet's own only. */
import { constants } from "node:fs";
import { cp, lstat, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { ensureFolder, hasCode } from "../files.ts";

const COPIES_AT_ONCE = 8;

/**
 * Copies what stands in a folder, less the names in `except` (at its top), as clones where the file system can.
 * Symlinks are copied as they are.
 */
export async function copyContents(from: string, to: string, except: readonly string[] = []): Promise<void> {
  await ensureFolder(to);
  const names = (await readdir(from)).filter((name) => !except.includes(name)).values();
  const worker = async (): Promise<void> => {
    for (const name of names) await copyEntry(join(from, name), join(to, name));
  };
  await Promise.all(Array.from({ length: COPIES_AT_ONCE }, worker));
}

export async function copyEntry(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
}

/** Moves a folder; false where another process has put one there already. */
export async function moveFolder(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOTEMPTY", "EEXIST")) return false;
    throw error;
  }
}

/** Whether the files below a folder have more bytes than that; stops counting where they do. */
export async function isLargerThan(folder: string, maxBytes: number): Promise<boolean> {
  let bytes = 0;
  for (const queue = [folder]; queue.length > 0 && bytes <= maxBytes; ) {
    const at = queue.pop() ?? "";
    const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
    queue.push(...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(at, name)));
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => lstat(join(at, name)));
    for (const { size } of await Promise.all(files)) bytes += size;
  }
  return bytes > maxBytes;
}
