/** Files of stet's own: state, caches, temporary folders. Never a file of the user's. */
import { createHash } from "node:crypto";
import { appendFileSync, chmodSync, closeSync, createReadStream, fsyncSync, mkdirSync, openSync, readdirSync, writeSync } from "node:fs";
import { constants, copyFile, mkdir, open, readdir, readFile, realpath, rename, rm, stat, symlink, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import envPaths from "env-paths";
import { writeFile as replaceFile } from "atomically";

/** The disk is full or a file cannot be written: exit code 74. */
export class StorageFault extends Error {
  readonly path: string;
  readonly code: string;
  constructor(path: string, code: string) {
    super(`${code}: ${path}`);
    this.path = path;
    this.code = code;
  }
}

/** The folder for everything that may be deleted at any time and is only made again: worktrees, readings, stores. */
export function cacheRoot(): string {
  return process.env["STET_CACHE_DIR"] ?? envPaths("stet", { suffix: "" }).cache;
}

/** A short stable name for a path, for a folder of its own in the cache. */
export function nameFor(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}

/**
 * Replaces a file whole: a reader sees the old or the new content, never a part. Only where it is `durable` is the disk
 * waited for: what can be made again may be lost in a power cut.
 */
export async function writeWhole(path: string, content: string | Buffer, { durable = false } = {}): Promise<void> {
  await guarded(path, async () => {
    await makeFolders(dirname(path));
    await replaceFile(path, content, { fsync: durable });
  });
}

/**
 * Appends one record in a single write, so that processes never interleave. It outlives this process at once; with
 * `durable` it outlives a power cut as well, and so does all that was appended before. Throws `StorageFault`.
 */
export function appendRecord(path: string, json: string, { durable = true } = {}): void {
  const record = Buffer.from(`\n${json}\n`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "a", 0o600);
    try {
      if (writeSync(file, record) !== record.length) throw new StorageFault(path, "ENOSPC");
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw asStorageFault(path, error);
  }
}

/** Adds to a file that is for reading only, such as a log: not synced, and a fault is nobody's business. */
export function appendText(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch {
    // Told by its absence; what counts is in the ledger.
  }
}

/** Makes `path` a symlink to `target`, in one step where it was another. */
export async function replaceLink(path: string, target: string): Promise<void> {
  const beside = `${path}.${process.pid}`;
  await rm(beside, { force: true });
  await symlink(target, beside);
  await rename(beside, path);
}

/** Undefined where there is no such file. */
export async function readMaybe(path: string): Promise<string | undefined> {
  return (await readBytes(path))?.toString("utf8");
}

/** A file's bytes, of whatever a symlink leads to; undefined where there is none. */
export async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EISDIR")) return undefined;
    throw error;
  }
}

/** A regular file's bytes; undefined where there is none. A symlink is not followed: a check may have put it there. */
export async function readBytesMaybe(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return (await file.stat()).isFile() ? await file.readFile() : undefined;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "EACCES", "ENXIO")) return undefined;
    throw error;
  }
}

/** Strict UTF-8 with a BOM kept as the first character; undefined where it is anything else. */
export function decode(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

export async function ensureFolder(path: string): Promise<string> {
  await guarded(path, () => makeFolders(path));
  return path;
}

/** On a read-only disk Node's own way of making folders in folders says ENOENT; a plain one says what is wrong. */
async function makeFolders(path: string): Promise<unknown> {
  return mkdir(path, { recursive: true }).catch((error: unknown) => {
    if (!hasCode(error, "ENOENT")) throw error;
    return mkdir(path);
  });
}

export async function emptyFolder(path: string): Promise<string> {
  await removeAll(path);
  return ensureFolder(path);
}

/**
 * Copies bytes and time, the latter in whole seconds. Git trusts an index about files that are older than the index itself,
 * by the second: a copy that looked younger would hide what was changed within the second of a checkout.
 */
export async function copyFileTo(from: string, to: string): Promise<void> {
  await guarded(to, async () => {
    await copyFile(from, to);
    const seconds = Math.floor((await stat(from)).mtimeMs / 1000);
    await utimes(to, seconds, seconds);
  });
}

/** Removes a folder, also where a check took its own rights away from what it left there. */
export async function removeAll(path: string): Promise<void> {
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 });
  await remove().catch((error: unknown) => {
    if (!hasCode(error, "EACCES", "EPERM")) throw error;
    openRights(path);
    return remove();
  });
}

function openRights(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openRights(`${folder}/${entry.name}`);
  }
}

export async function listFolder(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}


async function guarded(path: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw asStorageFault(path, error);
  }
}

/** The disk's own faults, and places that cannot be written: no rights, or something else stands there. */
const STORAGE_CODES = [
  ...["ENOSPC", "EDQUOT", "EROFS", "EIO", "EFBIG"],
  ...["EACCES", "EPERM", "EEXIST", "ENOTDIR", "EISDIR"],
];

function asStorageFault(path: string, error: unknown): unknown {
  if (error instanceof StorageFault || !hasCode(error, ...STORAGE_CODES)) return error;
  return new StorageFault(path, (error as NodeJS.ErrnoException).code ?? "EIO");
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? "");
}

/**
 * The non-empty lines of a file, streamed; none where there is no such file. Only `\n` ends a line: Node's own reader of
 * lines also ends one at U+2028, which JSON may hold as it is.
 */
export async function* readLines(path: string): AsyncIterable<string> {
  if (!(await exists(path))) return;
  let line = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    const [end = "", ...more] = String(chunk).split("\n");
    line += end;
    for (const next of more) {
      if (line !== "") yield line;
      line = next;
    }
  }
  if (line !== "") yield line;
}

/** Where a folder really is. */
export async function realFolder(path: string): Promise<string> {
  return realpath(path);
}
