/** Questions about paths that containment asks again and again. */
import { realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Whether `path` is `folder` or stands below it. Both absolute and normal. */
export function inside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** With every symlink followed; the path itself where it leads nowhere. */
export function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Also false where one may not look: a PATH inherited from another user names such folders. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether the folder `path` is really there below `root`: a tree may have put a symlink in its place, or above it. */
export function standsBelow(root: string, path: string): boolean {
  return isFolder(path) && real(path) === join(real(root), relative(root, path));
}
