/**
 * How alike two names are: by letters, as a slip of the hand leaves them, or by words, as a renaming does. Pure; knows
 * no language but that names are words run together.
 */

/** Below this two names are taken for different things. */
const MIN_LIKENESS = 0.5;
/** By how much the best has to lead: with two names to choose from, either may be wrong. */
const MIN_LEAD = 0.1;
/** Longer names are compared by their beginning. */
const MAX_LENGTH = 200;

/** 0 to 1, 1 for names that differ in case only. */
export function likeness(one: string, other: string): number {
  const [left, right] = [one.slice(0, MAX_LENGTH).toLowerCase(), other.slice(0, MAX_LENGTH).toLowerCase()];
  if (left === right) return 1;
  const letters = 1 - distance(left, right) / Math.max(left.length, right.length);
  return Math.max(letters, shared(words(one), words(other)) * 0.95);
}

/** The one name that is clearly more like it than every other; undefined where none is alike, or two nearly equally. */
export function closest(name: string, names: Iterable<string>): string | undefined {
  const scored = [...new Set(names)].filter((one) => one !== name).map((one) => ({ one, score: likeness(name, one) }));
  const [best, second] = scored.sort((left, right) => right.score - left.score);
  if (!best || best.score < MIN_LIKENESS || best.score - (second?.score ?? 0) < MIN_LEAD) return undefined;
  return best.one;
}

/** Steps from one text to the other: a letter more, less, other, or two that changed places. */
export function distance(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = nextRow(one, other, row, last, beforeLast);
    [beforeLast, last] = [last, current];
  }
  return at(last, other.length);
}

function nextRow(one: string, other: string, row: number, last: readonly number[], beforeLast: readonly number[]): number[] {
  const current = [row];
  for (let column = 1; column <= other.length; column++) {
    const step = one[row - 1] === other[column - 1] ? 0 : 1;
    const swaps = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
    const swapped = swaps ? at(beforeLast, column - 2) + 1 : Infinity;
    current.push(Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + step, swapped));
  }
  return current;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}

function words(name: string): string[] {
  return name.split(/(?<=[a-z\d])(?=[A-Z])|[-_$./]+/).filter((word) => word !== "").map((word) => word.toLowerCase());
}

/** The part of the words that both have, counting each twice, of all words. */
function shared(one: readonly string[], other: readonly string[]): number {
  const common = one.filter((word) => other.includes(word)).length;
  return (2 * common) / (one.length + other.length);
}
