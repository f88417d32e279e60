/**
 * How a program's end becomes a reading. Here because every validator must say "could not tell" in the same cases:
 * what was not read is never taken for "no findings". Never looks at what the program says about the code.
 */
import type { Outcome } from "../../domain/plugin.ts";
import type { Read, Reading } from "../../domain/reading.ts";

/** A reading that says nothing about the code. */
export type Fault = Exclude<Reading, Read>;

/** How much of a program's last words a reading keeps, in UTF-16 code units. */
const MAX_DETAIL = 2_000;

/** The shell's codes for "found, but cannot be run" and "not found"; launchers such as `env` and `npx` use them too. */
const MISSING_CODES: readonly number[] = [126, 127];

export function fault(kind: Fault["kind"], check: string, detail: string, durationMs: number): Fault {
  return { kind, check, detail: detail.trim().slice(-MAX_DETAIL), durationMs };
}

/** The reading of a program that did not end by itself with an exit code of its own; undefined where it did. */
export function faultOf(check: string, outcome: Outcome): Fault | undefined {
  const { ended, durationMs } = outcome;
  switch (ended.kind) {
    case "missing":
      return fault("missing", check, lastWords(outcome), durationMs);
    case "timeout":
      return fault("timeout", check, lastWords(outcome), durationMs);
    case "signalled":
      return fault("crashed", check, `${lastWords(outcome)}\n${ended.signal}`, durationMs);
    case "exited":
      return MISSING_CODES.includes(ended.code) ? fault("missing", check, lastWords(outcome), durationMs) : undefined;
  }
}

/** The exit code; -1 where the program had none. */
export function codeOf({ ended }: Outcome): number {
  return ended.kind === "exited" ? ended.code : -1;
}

/** The end of what a program printed; its errors, where it printed any. */
export function lastWords({ stdout, stderr }: Outcome): string {
  return stderr.trim() === "" ? stdout : stderr;
}
