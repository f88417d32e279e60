/** How much room there is on the disk of a folder, which need not be there yet. */
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

/** Bytes that this user may still write. */
export function freeBytes(folder: string): number {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  const { bavail, bsize } = statfsSync(at);
  return bavail * bsize;
}
