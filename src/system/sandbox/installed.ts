/** A program of the user's that is to run in a sandbox: where it stands on this machine, and what must be visible with it. */
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import { hostBins } from "./environment.ts";
import { isFolder, real } from "./paths.ts";

/** With every link followed. A bare name is looked for on the user's PATH, never in the checkout; undefined where there is none. */
export function locateProgram(name: string, checkout: string): string | undefined {
  const places = isAbsolute(name) ? [name] : name.includes(sep) || name === "" ? [] : hostBins(checkout).map((folder) => join(folder, name));
  const found = places.find(isProgram);
  return found === undefined ? undefined : real(found);
}

/** Host paths, none of them a home folder: a package with those beside it, a Python environment, or the file alone. */
export function installationOf(program: string): string[] {
  const modules = `${sep}node_modules${sep}`;
  const at = program.indexOf(modules);
  if (at >= 0) return [program.slice(0, at + modules.length - 1)];
  const above = dirname(dirname(program));
  return existsSync(join(above, "pyvenv.cfg")) ? [above] : [program];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return !isFolder(path);
  } catch {
    return false;
  }
}
