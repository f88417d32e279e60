/** Whether there is a check at all that could tell that something got worse. */
import type { Reading } from "../domain/reading.ts";

/** One that ran tests, or that told which files it read: an empty one is green whatever the code is like. */
export function couldTell(reading: Reading): boolean {
  return reading.kind === "read" && (Object.keys(reading.inventory ?? {}).length > 0 || (reading.inputs?.length ?? 0) > 0);
}
