/**
 * The memory of a process and all that descends from it, sampled while it runs. Proportional set size, so that pages
 * which several processes share count once; resident size where the kernel does not tell. Linux only: elsewhere it is not
 * known, and NaN says so.
 */
import { readdirSync, readFileSync } from "node:fs";

const INTERVAL_MS = 100;
const PAGE_BYTES = 4_096;

/** Starts to look at the tree below `pid`. The function that it gives ends that, and tells the highest sum, in bytes. */
export function watchMemory(pid: number): () => number {
  let peak = Number.NaN;
  const sample = (): void => {
    const bytes = treeBytes(pid);
    if (bytes > 0 && !(bytes <= peak)) peak = bytes;
  };
  const timer = setInterval(sample, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function treeBytes(root: number): number {
  const children = Map.groupBy(processes(), ({ parent }) => parent);
  const members = [root];
  for (const pid of members) members.push(...(children.get(pid) ?? []).map((child) => child.pid));
  return members.reduce((sum, pid) => sum + bytesOf(pid), 0);
}

function processes(): { pid: number; parent: number }[] {
  return names("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    // The name in parentheses may hold anything; what follows the last one are state and parent.
    const [, parent] = /^.*\) \S (\d+)/s.exec(text(`/proc/${name}/stat`)) ?? [];
    return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
  });
}

function bytesOf(pid: number): number {
  const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(text(`/proc/${pid}/smaps_rollup`)) ?? [];
  if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
  const [, pages] = /^\d+ (\d+)/.exec(text(`/proc/${pid}/statm`)) ?? [];
  return Number(pages ?? 0) * PAGE_BYTES;
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty where the process has just ended, or is not ours to look at. */
function text(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
