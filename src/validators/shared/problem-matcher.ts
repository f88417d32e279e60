/**
 * GitHub's problem matchers, which editors know as well: a regular expression for each kind of line that tells of a
 * problem (https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md). Groups are named by number, or by name
 * inside of the expression. What they look like; `problem-reader.ts` reads lines by them.
 */
import { z } from "zod";

const group = z.int().min(0).max(99).optional();

const pattern = z.object({
  regexp: z.string().min(1).max(2_000).refine(compiles, "Give a regular expression that JavaScript can read"),
  file: group,
  fromPath: group,
  /** `12` or `12,3`, as some matchers have line and column. */
  location: group,
  line: group,
  column: group,
  severity: group,
  code: group,
  message: group,
  loop: z.boolean().optional(),
});

/** Patterns for lines that follow one another; with `loop` on the last one, any number of its lines. */
const matcher = z.object({
  owner: z.string().min(1).optional(),
  severity: z.string().optional(),
  pattern: z.union([pattern.transform((one) => [one]), z.array(pattern).min(1).max(20)]),
});

/** One matcher, a list of them, or a whole file of GitHub's. */
export const matchersSchema = z.union([
  z.object({ problemMatcher: z.array(matcher).min(1).max(50) }).transform(({ problemMatcher }) => problemMatcher),
  z.array(matcher).min(1).max(50),
  matcher.transform((one) => [one]),
]);

export type Matcher = z.infer<typeof matcher>;

function compiles(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
