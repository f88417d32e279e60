/**
 * Where things stand in a repository, whichever folder its worktree has now. Here because a finding or a test must
 * keep its name in every worktree. Never touches the disk.
 */
import { basename, isAbsolute, posix } from "node:path";

/**
 * A tool's path as one relative to the repository's root, with `/`. A path outside the root is kept with its `../`.
 *
 * @param cwd the folder the tool ran in, relative to the root
 */
export function repositoryPath(root: string, cwd: string, path: string): string {
  return isAbsolute(path) ? inside(root, path) : posix.join(cwd, path);
}

/** Tools that resolve symlinks name the root differently from us, but it ends with the same folder name. */
function inside(root: string, path: string): string {
  if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  const folder = `/${basename(root)}/`;
  const found = path.indexOf(folder);
  return found < 0 ? posix.relative(root, path) : path.slice(found + folder.length);
}

/** A tool's message without the worktree's own path, which differs from one measurement to the next. */
export function withoutRoot(root: string, message: string): string {
  return message.split(root).reduce((left, right) => {
    if (/^[\w.-]/.test(right)) return `${left}${root}${right}`; // A longer name that only begins like the root.
    return left + (right.startsWith("/") ? right.slice(1) : `.${right}`);
  });
}
