/** Folders that live as long as one call, all of them below one place so that the next run can sweep what a kill left. */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheRoot, ensureFolder, hasCode, listFolder } from "./files.ts";

export interface OwnFolder extends AsyncDisposable {
  readonly path: string;
}

/** A new empty folder; `await using` removes it. The name tells the process, so that a dead one's can be swept. */
export async function ownFolder(): Promise<OwnFolder> {
  const parent = await ensureFolder(join(cacheRoot(), "temporary"));
  const path = await mkdtemp(join(parent, `${process.pid}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Removes the folders of processes that are no more. */
export async function sweepTemporary(): Promise<void> {
  const parent = join(cacheRoot(), "temporary");
  for (const name of await listFolder(parent)) {
    if (!isAlive(Number.parseInt(name, 10))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Signal 0 only asks; EPERM means that it lives and is someone else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
