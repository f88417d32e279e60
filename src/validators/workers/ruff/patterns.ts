/** File patterns as ruff's configuration writes them. Files are relative to the root; patterns to a configuration's folder. */
import { dirname } from "node:path";
import picomatch from "picomatch";

/** A pattern without a slash is for any part of the path, another one for the path from the configuration's folder. */
export function matcher(folder: string, globs: readonly string[]): (file: string) => boolean {
  const matchers = globs.map((glob) => {
    const fits = picomatch(glob.replace(/^\.\//, "").replace(/\/+$/, ""), { dot: true });
    return glob.replace(/\/+$/, "").includes("/") ? (path: string) => fits(path) : (path: string) => fits(path.split("/").at(-1) ?? "");
  });
  return (file) => {
    const path = within(folder, file);
    for (let at = path; at !== "." && at !== ""; at = dirname(at)) if (matchers.some((fits) => fits(at))) return true;
    return false;
  };
}

/** `!` before a pattern means every file that does not fit it. */
export function fileMatcher(folder: string, glob: string): (file: string) => boolean {
  const fits = matcher(folder, [glob.replace(/^!/, "")]);
  return glob.startsWith("!") ? (file) => !fits(file) : fits;
}

function within(folder: string, file: string): string {
  return folder === "" ? file : file.slice(folder.length + 1);
}
