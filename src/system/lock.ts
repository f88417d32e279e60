/**
 * One run per repository. The lock is an exclusive SQLite transaction: the operating system frees it with its
 * process, so a killed holder leaves nothing to steal and nothing to time out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Locked =
  | { readonly ok: true; release(): void }
  /** `pid` is 0 where the holder has not written its own yet. */
  | { readonly ok: false; readonly pid: number };

/** How long a lock that is about to be freed is waited for. Promise 8 allows 2 s. */
const WAIT_MS = 500;

export async function lock(folder: string): Promise<Locked> {
  const { DatabaseSync } = await quietly(() => import("node:sqlite"));
  const path = join(folder, "run.lock");
  const holder = join(folder, "run.lock.pid");
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    return { ok: false, pid: readHolder(holder) };
  }
  writeFileSync(holder, `${process.pid}\n`);
  return { ok: true, release: () => database.close() };
}

/** SQLITE_BUSY is 5; anything else is a fault of the disk, not a lock. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
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
