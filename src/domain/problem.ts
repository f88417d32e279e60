/** Faults that a user can mend, and the exit codes that programs rely on. The words for them stand in `report/errors.ts`. */
import type { Reason } from "./reason.ts";

/** The interface contract's exit codes; those from 64 to 78 mean what BSD's sysexits.h says. */
export const EXIT = {
  /** All that was asked is settled. */
  settled: 0,
  /** Done; something remains and is listed. */
  remains: 1,
  usage: 64,
  badInput: 65,
  noInput: 66,
  noProvider: 69,
  /** A bug in stet. */
  bug: 70,
  cannotCreate: 73,
  /** A file cannot be read or written, or the disk is full. */
  storage: 74,
  locked: 75,
  /** Refused by policy. */
  refused: 77,
  /** Wrong configuration, or a check that cannot run. */
  config: 78,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Thrown where a command cannot go on for a reason that the user can mend; ends the command with `exitCode`. */
export class Problem extends Error {
  /** kebab-case, stable across versions. */
  readonly code: string;
  /** What the sentence needs. May hold hostile text. */
  readonly args: Reason["args"];
  readonly exitCode: ExitCode;

  constructor(code: string, args: Reason["args"], exitCode: ExitCode) {
    super(code);
    this.name = "Problem";
    this.code = code;
    this.args = args;
    this.exitCode = exitCode;
  }
}
