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

/**
 * A path as somebody else wrote it, as one relative to the repository's root; undefined where it leads out of it, or is
 * none. An absolute one counts when it stands below one of `roots`.
 */
export function pathBelow(path: string, roots: readonly string[]): string | undefined {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
  const root = isAbsolute ? roots.find((one) => isBelow(segmentsOf(path), segmentsOf(one))) : "";
  if (root === undefined || /\p{Cc}/u.test(path)) return undefined;
  const segments = segmentsOf(path).slice(segmentsOf(root).length);
  return segments.length === 0 || segments[0] === ".." ? undefined : segments.join("/");
}
