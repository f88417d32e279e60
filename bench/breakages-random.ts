/** Chance that can be had again: the same seed gives the same breakages. Never reads a clock or the machine's chance. */
export interface Random {
  /** A whole number from 0 to just below `limit`; 0 where the limit is 0. */
  below(limit: number): number;
  /** One of them; throws where there is none. */
  one<T>(from: readonly T[]): T;
}

/** Mulberry32 (public domain, Tommy Ettinger): 32 bits of state are enough to pick places. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    one: (from) => {
      const found = from[below(from.length)];
      if (found === undefined) throw new Error("nothing to choose from");
      return found;
    },
  };
}
