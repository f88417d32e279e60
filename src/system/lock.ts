/**
 * One run per repository. The lock is an exclusive SQLite transaction: the operating system frees it with its
 * process, so a killed holder leaves nothing to steal and nothing to time out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageFault } from "./files.ts";

export type Locked =
  | { readonly ok: true; release(): void }
  /** `pid` is 0 where the holder has not written its own yet. */
  | { readonly ok: false; readonly pid: number };

/** How long a lock that is about to be freed is waited for. Promise 8 allows 2 s. */
const WAIT_MS = 200;

export async function lock(folder: string): Promise<Locked> {
  const { DatabaseSync } = await quietly(() => import("node:sqlite"));
  const path = join(folder, "run.lock");
  const holder = join(folder, "run.lock.pid");
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
    database.exec("BEGIN EXCLUSIVE");
    writeFileSync(holder, `${process.pid}\n`);
  } catch (error) {
    database?.close();
    const code = codeOf(error);
    if (code === "SQLITE_BUSY") return { ok: false, pid: readHolder(holder) };
    throw code === undefined ? error : new StorageFault(path, code);
  }
  const held = database;
  return { ok: true, release: () => held.close() };
}

/** SQLite's own codes, as the codes of the system that they stand for. */
const CODES: Readonly<Record<number, string>> = {
  5: "SQLITE_BUSY",
  8: "EROFS",
  10: "EIO",
  13: "ENOSPC",
  14: "EACCES",
};

/** The low byte is the kind, what stands above it the occasion. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "errcode" in error ? CODES[Number(error.errcode) & 0xff] : undefined;
}

function readHolder(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, "utf8"), 10) || 0;
  } catch {
    return 0;
  }
}

/** Node says once that `node:sqlite` is experimental; that sentence is not for stet's users. */
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return await load();
  } finally {
    process.emitWarning = emit;
  }
}
