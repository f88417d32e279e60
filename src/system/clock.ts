/** Time and chance come through here, so that a run can be replayed. */
import { randomBytes } from "node:crypto";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Lower-case hexadecimal. */
  random(bytes: number): string;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes).toString("hex"),
};

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
