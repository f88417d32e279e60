import type { Coverage } from "./coverage.ts";
import type { Finding } from "./finding.ts";

export type TestStatus = "passed" | "failed" | "skipped";

/** Every test that a runner saw, by a name that is stable across runs (`file > suite > test`). */
export type Inventory = Readonly<Record<string, TestStatus>>;

/**
 * What one check saw in one tree. Only `read` says anything about the code: every other kind means that the check
 * could not tell, and is never taken for "no findings".
 */
export type Reading =
  | {
      readonly kind: "read";
      readonly check: string;
      readonly findings: readonly Finding[];
      /** Present for test runners. */
      readonly inventory?: Inventory;
      /** Present where it measures what the tests run. */
      readonly coverage?: Coverage;
      /** The repository's files whose bytes it came from, where the tool told them all, settings aside. */
      readonly inputs?: readonly string[];
      readonly durationMs: number;
    }
  | {
      /**
       * `crashed`: ended by a signal or with its own fault code. `timeout`: its time ran out. `missing`: the program
       * is not there (126, 127, ENOENT). `unreadable`: it ended, but its output is not what it should be.
       * `flaky`: it disagreed with itself on this very tree.
       */
      readonly kind: "crashed" | "timeout" | "missing" | "unreadable" | "flaky";
      readonly check: string;
      /** The end of what it printed, or what is wrong with it. Hostile text. */
      readonly detail: string;
      readonly durationMs: number;
    };

export type Read = Extract<Reading, { kind: "read" }>;

export function isRead(reading: Reading | undefined): reading is Read {
  return reading?.kind === "read";
}

/** Everything that was found, by all that could tell. */
export function findingsIn(readings: readonly Reading[]): Finding[] {
  return readings.filter(isRead).flatMap(({ findings }) => findings);
}
