/** Time and chance come through here, so that a run can be replayed. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Lower-case hexadecimal. */
  random(bytes: number): string;
  /** A number from 0 to 1, for jitter. */
  chance(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // The global one is only made when it is asked: `node:crypto` is a quarter of what Node itself takes to start.
  random: (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex"),
  chance: () => Math.random(),
};

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
