/**
 * Starts and stops the daemon behind a language server, and ends what is left of it: it is known by the folder that it was
 * given as its home, which nothing else has. Looks where Linux lists processes; elsewhere stet's own sweep and the daemon's
 * own command have to do.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A daemon is started and stopped within this, or the server has to do without. */
const COMMAND_MS = 10_000;

/** Runs to its end, however that comes: whether the server is there, its first answer tells. */
export function runBeside([program = "", ...words]: readonly string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd, env, stdio: "ignore", timeout: COMMAND_MS, killSignal: "SIGKILL" });
    child.once("error", () => {
      resolve();
    });
    child.once("exit", () => {
      resolve();
    });
  });
}

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
