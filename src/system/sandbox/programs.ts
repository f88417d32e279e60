/** Finds the programs that build a container, in the system's folders first and never among a project's own. */
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import type { Programs } from "./container.ts";

const NAMES = ["bwrap", "env", "ip", "mount", "prlimit", "setpriv", "sh", "unshare"];
const SYSTEM_FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/run/current-system/sw/bin"];

export function findPrograms(): Programs {
  const own = (process.env["PATH"] ?? "").split(delimiter);
  const folders = [...SYSTEM_FOLDERS, ...own.filter((path) => isAbsolute(path) && !path.includes("node_modules"))];
  const found = NAMES.flatMap((name): [string, string][] => {
    const path = folders.map((folder) => join(folder, name)).find(isProgram);
    return path === undefined ? [] : [[name, path]];
  });
  return Object.fromEntries(found);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
