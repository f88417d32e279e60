/**
 * What stands behind pyenv's shims: scripts that look up which Python a folder asks for, and need all of pyenv to do it.
 * The lookup is made here instead (https://github.com/pyenv/pyenv#understanding-python-version-selection), from files
 * alone. Never runs pyenv.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isFolder } from "./paths.ts";

/** The programs' folders of the versions that a folder of shims stands for; the folder itself where it is none. */
export function behindShims(path: string, checkout: string): string[] {
  const versions = join(dirname(path), "versions");
  if (basename(path) !== "shims" || !isFolder(versions)) return [path];
  const installed = readdirSync(versions);
  const wanted = (process.env["PYENV_VERSION"] ?? read(join(checkout, ".python-version")) ?? read(join(dirname(path), "version")) ?? "").split(/[\s:]+/);
  const found = wanted.flatMap((name) => latest(name.replace(/^python-/, ""), installed) ?? []);
  return found.map((name) => join(versions, name, "bin")).filter(isFolder);
}

/** The version of that name, or the newest that begins with it: `3.12` is any `3.12.x`. */
function latest(name: string, installed: readonly string[]): string | undefined {
  if (name === "" || name.includes("/")) return undefined;
  const fitting = installed.filter((one) => one === name || one.startsWith(`${name}.`));
  return fitting.sort((one, other) => one.localeCompare(other, "en", { numeric: true })).at(-1);
}

/** Undefined where there is none, or it is empty. */
function read(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8").replace(/#.*/g, "").trim();
    return text === "" ? undefined : text;
  } catch {
    return undefined;
  }
}
