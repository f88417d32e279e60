/**
 * Repository paths as plain segments, so that prefixes are compared folder by folder and `src-old` is never taken for
 * something below `src`. Looks at text only, never at a disk.
 */

/** The segments of a path: both slashes split, `.` and empty ones dropped, `..` resolved (kept where it leads out). */
export function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && segments.length > 0 && segments.at(-1) !== "..") segments.pop();
    else segments.push(segment);
  }
  return segments;
}

export function normalPath(path: string): string {
  return segmentsOf(path).join("/");
}

/** Whether `path` is `prefix` or stands below it. A prefix without segments (`.`) is the whole repository. */
export function isBelow(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((segment, index) => path[index] === segment);
}

/** The path itself and each folder that leads to it, outermost first. */
export function withLeadingFolders(path: string): readonly string[] {
  const segments = segmentsOf(path);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
