/**
 * Ends what a language server left behind. Biome's daemon ends when whoever was connected has gone, and stays for ever where
 * nobody came so far; it is known by the folder that it was given as its home, which nothing else has. Looks where Linux
 * lists processes; elsewhere stet's own sweep and the daemon itself have to do.
 */
import { readdirSync, readFileSync } from "node:fs";

/** @param home the absolute path of a folder made for this server alone */
export function endAllWith(home: string): void {
  for (const pid of namesIn("/proc").filter((name) => /^\d+$/.test(name))) {
    if (environment(pid).includes(`XDG_CACHE_HOME=${home}`)) end(Number(pid));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return []; // it is gone, or another user's
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone, as it should be.
  }
}
