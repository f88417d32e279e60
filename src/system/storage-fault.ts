/**
 * Recognises a full or unwritable disk in whatever fault it came up: stet's own, Node's, or what git printed. So a
 * command can end with one line and exit code 74 wherever it ran out of room, and no call has to be wrapped for that.
 */
import { statfsSync } from "node:fs";
import { cacheRoot, StorageFault } from "./files.ts";
import { GitFault } from "./git.ts";
import { ContainmentFault } from "./sandbox/container.ts";

/** What the C library prints for these in the C locale, which stet's git calls run in. */
const PRINTED: Readonly<Record<string, RegExp>> = {
  ENOSPC: /No space left on device/,
  EDQUOT: /Disk quota exceeded/,
  EROFS: /Read-only file system/,
  EIO: /Input\/output error/,
  EACCES: /[Pp]ermission denied|insufficient permission/,
};

/** The fault as one of storage; undefined where it is another. */
export function storageFaultIn(error: unknown): StorageFault | undefined {
  if (error instanceof StorageFault) return error;
  if (error instanceof GitFault) return printedIn(error);
  // A program that starts in its container says so in a file of the cache's.
  if (error instanceof ContainmentFault) return isFull(cacheRoot()) ? new StorageFault(cacheRoot(), "ENOSPC") : undefined;
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : "";
  return Object.hasOwn(PRINTED, error.code) ? new StorageFault(path, error.code) : undefined;
}

/** git's words for a write that failed, where it does not say why. */
const FAILED_WRITE = /\b(?:unable to|failed to|could ?n[o']t|cannot) (?:write|create|close|copy)\b|\bwrite error\b/i;
/** With less room than this left, a write that failed has failed for that. */
const FULL_BYTES = 65_536;

function printedIn({ stderr, folder }: GitFault): StorageFault | undefined {
  const printed = Object.keys(PRINTED).find((name) => PRINTED[name]?.test(stderr));
  const code = printed ?? (FAILED_WRITE.test(stderr) && isFull(folder) ? "ENOSPC" : undefined);
  return code === undefined ? undefined : new StorageFault(folder, code);
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < FULL_BYTES;
  } catch {
    return false;
  }
}
