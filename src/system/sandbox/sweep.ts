/**
 * Ends what a command left behind. Every contained process carries a mark in its environment, which children inherit
 * whatever session or group they flee to. A process that wipes its environment escapes: only a process namespace holds
 * that one, and so `process-tree` is named as unenforced without it. Does nothing where there is no `/proc`.
 */
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

export const MARK_NAME = "STET_MARK";
const SWEEP_LIMIT_MS = 3_000;
const SWEEP_INTERVAL_MS = 10;

/**
 * Kills every process whose mark begins with `mark` and waits until none is left, for at most 3 s. An empty mark is a
 * bug: it would match the processes of every run.
 */
export async function endMarked(mark: string): Promise<void> {
  if (mark === "") throw new RangeError("empty mark");
  const deadline = performance.now() + SWEEP_LIMIT_MS;
  for (let pids = await marked(mark); pids.length > 0; pids = await marked(mark)) {
    for (const pid of pids) kill(pid);
    if (performance.now() > deadline) return;
    await wait(SWEEP_INTERVAL_MS);
  }
}

async function marked(mark: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 1 && pid !== process.pid);
  const carries = await Promise.all(pids.map((pid) => carriesMark(pid, mark)));
  return pids.filter((_, index) => carries[index]);
}

/** A process that ended meanwhile, or that belongs to somebody else, carries none. */
async function carriesMark(pid: number, mark: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
  return environment.split("\0").some((entry) => entry.startsWith(`${MARK_NAME}=${mark}`));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
