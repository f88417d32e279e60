/**
 * Counts marks in two texts and tells which rose. A count, and not a place, since code that holds a mark may move:
 * what a file had already it may keep. Marks inside string literals count too, which refuses a little too much and
 * never too little; a tokenizer that errs would hide what follows.
 */

/** What to look for, by the name that a reason gives it. Patterns carry the `g` flag and bounded repetition. */
export type Marks = Readonly<Record<string, RegExp>>;

/** The names of the marks that `after` holds more often than `before`. */
export function grown(marks: Marks, before: string, after: string): readonly string[] {
  return Object.entries(marks)
    .filter(([, pattern]) => count(after, pattern) > count(before, pattern))
    .map(([name]) => name);
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
