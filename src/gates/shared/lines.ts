/** Line counts, the figure that size limits are held against. Pure arithmetic on text. */

/** The lines of a text without their endings; what follows the last ending counts only where it is not empty. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/**
 * Lines that differ between two texts: equal lines at both ends are left out, and of the rest the longer side counts,
 * so a replaced line counts once. Never fewer than 1 where the texts differ.
 */
export function changedLines(before: string, after: string): number {
  if (before === after) return 0;
  const [was, is] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
  return Math.max(1, was.length - head - tail, is.length - head - tail);
}
