/**
 * Where things stand in a repository, whichever folder its worktree has now. Here because a finding or a test must
 * keep its name in every worktree. Never touches the disk.
 */
import { basename, isAbsolute, posix } from "node:path";

/**
 * A tool's path as one relative to the repository's root, with `/`. A path outside the root is kept with its `../`, or
 * with its drive. `src\a.ts` and `C:\trees\one\src\a.ts` are a tool's that thinks in Windows' paths.
 *
 * @param cwd the folder the tool ran in, relative to the root
 */
export function repositoryPath(root: string, cwd: string, path: string): string {
  const plain = isWindows(path) ? path.replaceAll("\\", "/") : path;
  return isAbsolute(plain) || DRIVE.test(plain) ? inside(root, plain) : posix.join(cwd, plain);
}

/** Whether a path that `repositoryPath` gave leads out of the repository. */
export function isOutside(path: string): boolean {
  return path === ".." || path.startsWith("../") || isAbsolute(path) || DRIVE.test(path);
}

const DRIVE = /^[A-Za-z]:[\\/]/;

/** A name with a backslash in it is possible elsewhere, but not beside slashes from a tool that prints such paths. */
function isWindows(path: string): boolean {
  return DRIVE.test(path) || (path.includes("\\") && !path.includes("/"));
}

/** Tools that resolve symlinks name the root differently from us, but it ends with the same folder name. */
function inside(root: string, path: string): string {
  if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  const folder = `/${basename(root)}/`;
  const found = path.indexOf(folder);
  if (found >= 0) return path.slice(found + folder.length);
  return DRIVE.test(path) ? path : posix.relative(root, path);
}

/** A tool's message without the worktree's own path, which differs from one measurement to the next. */
export function withoutRoot(root: string, message: string): string {
  return message.split(root).reduce((left, right) => {
    if (/^[\w.-]/.test(right)) return `${left}${root}${right}`; // A longer name that only begins like the root.
    return left + (right.startsWith("/") ? right.slice(1) : `.${right}`);
  });
}
