/** How much of a pull request is full: what a person reads in one sitting (capability B6). */
import type { Git } from "../system/git.ts";

export interface PartLimits {
  /** Added and removed lines, as git counts them. */
  readonly maxLines: number;
  readonly maxCommits: number;
}

export const PART_LIMITS: PartLimits = { maxLines: 250, maxCommits: 8 };

/** `full`: it does not fit beside what is there. `alone`: it is too large by itself, and gets a part of its own. */
export type Fit = "fits" | "alone" | "full";

export function fitOf(part: { readonly lines: number; readonly commits: number }, { lines, more }: { readonly lines: number; readonly more: number }, { maxLines, maxCommits }: PartLimits): Fit {
  if (part.commits === 0) return lines > maxLines ? "alone" : "fits";
  return part.commits + more > maxCommits || lines > maxLines ? "full" : "fits";
}

/** Lines that two trees or commits differ in; a file that is no text counts as none. */
export async function changedLines(git: Git, from: string, to: string): Promise<number> {
  const text = await git.text(["diff-tree", "-r", "--numstat", "--no-renames", "--no-ext-diff", "--no-textconv", from, to]);
  const figures = text.split("\n").map((line) => /^(\d+)\t(\d+)\t/.exec(line));
  return figures.reduce((sum, found) => sum + Number(found?.[1] ?? 0) + Number(found?.[2] ?? 0), 0);
}

export async function countCommits(git: Git, from: string, to: string): Promise<number> {
  return Number(await git.text(["rev-list", "--count", `${from}..${to}`]));
}
