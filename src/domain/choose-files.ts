/** Which of the files that something could be tried in are tried now: the most trusted, up to a bound. Pure. */
import type { Suggestion } from "./suggestion.ts";

/** Capability A4. */
export const MAX_FILES = 5;

/** What is tried in this run, and what waits for another. */
export interface Chosen {
  readonly chosen: readonly Suggestion[];
  readonly notTried: readonly Suggestion[];
}

/**
 * The suggestions of the most trusted files; those of equal trust in the order in which they came. A tool's fix counts as
 * certain: it does not guess.
 */
export function chooseFiles(eligible: readonly Suggestion[], maxFiles: number): Chosen {
  const byFile = Map.groupBy(eligible, ({ file }) => file);
  const files = [...byFile.keys()].sort((one, other) => confidenceOf(byFile.get(other)) - confidenceOf(byFile.get(one)));
  const within = new Set(files.slice(0, maxFiles));
  const inOrder = files.flatMap((file) => byFile.get(file) ?? []);
  return { chosen: inOrder.filter(({ file }) => within.has(file)), notTried: inOrder.filter(({ file }) => !within.has(file)) };
}

function confidenceOf(suggestions: readonly Suggestion[] = []): number {
  return Math.max(...suggestions.map(({ trust }) => (typeof trust?.average === "number" ? trust.average : 100)));
}
