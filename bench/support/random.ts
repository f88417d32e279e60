/** Chance that gives the same row for the same seed, so that a workspace or a breakage can be made again byte for byte. */
import { seeded as numbers } from "../../test/support/random.ts";

export interface Chance {
  /** A whole number from 0 up to, and not including, `limit`. */
  below(limit: number): number;
  /** One of them; throws where there is none. */
  one<T>(from: readonly T[]): T;
  /** A new list with the same members in another order. */
  shuffled<T>(members: readonly T[]): T[];
}

export function seeded(seed: number): Chance {
  const next = numbers(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <T>(from: readonly T[]): T => {
    const found = from[below(from.length)];
    if (found === undefined) throw new Error("nothing to choose from");
    return found;
  };
  const shuffled = <T>(members: readonly T[]): T[] => {
    const keyed = members.map((member) => ({ member, key: next() }));
    return keyed.sort((left, right) => left.key - right.key).map(({ member }) => member);
  };
  return { below, one, shuffled };
}
