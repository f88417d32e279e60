/** Chance that gives the same row for the same seed (mulberry32), so that a workspace can be made again byte for byte. */
export interface Chance {
  /** A whole number from 0 up to, and not including, `limit`. */
  below(limit: number): number;
  /** A new list with the same members in another order. */
  shuffled<T>(members: readonly T[]): T[];
}

export function seeded(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const shuffled = <T>(members: readonly T[]): T[] => {
    const keyed = members.map((member) => ({ member, key: next() }));
    return keyed.sort((one, other) => one.key - other.key).map(({ member }) => member);
  };
  return { below, shuffled };
}
