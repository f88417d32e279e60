/**
 * How much of the code the tests run, and what of it a change must not lose. Counted in lines, the one measure that every
 * report has. Never a finding by itself: a figure that fell is a reason, as a test that vanished is.
 */
import { reason, type Reason } from "./reason.ts";

/** Lines that could be run, and those of them that were. */
export interface Covered {
  readonly lines: number;
  readonly covered: number;
}

export interface Coverage {
  /** By file, relative to the repository's root. */
  readonly files: Readonly<Record<string, Covered>>;
  /** In percent, 0 to 100: no file that is new may be below it. Absent for none. */
  readonly floor?: number;
  /** In percentage points: what may be lost unpunished. Default 0. */
  readonly tolerance?: number;
}

/** The lines of all files together. */
export function totalOf({ files }: Coverage): Covered {
  const all = Object.values(files);
  const sum = (part: keyof Covered): number => all.reduce((total, one) => total + one[part], 0);
  return { lines: sum("lines"), covered: sum("covered") };
}

/** 0 to 100. Where there is nothing to run, nothing is left out. */
export function percentOf({ lines, covered }: Covered): number {
  return lines === 0 ? 100 : (100 * covered) / lines;
}

/**
 * What was covered and is less so: as a whole, and in each file. A share that fell only because covered lines are gone,
 * and nothing more is uncovered than before, is no loss. A file that the report no longer has is one, as a vanished test
 * is: tests that no longer load a file would hide it otherwise.
 */
export function lostCoverage(check: string, before: Coverage, after: Coverage): Reason[] {
  const tolerance = after.tolerance ?? 0;
  const whole = fell(totalOf(before), totalOf(after), tolerance) ? [fallen(check, "", totalOf(before), totalOf(after))] : [];
  return [
    ...whole,
    ...Object.entries(before.files).flatMap(([file, had]) => lostIn(check, file, had, fileIn(after, file), tolerance)),
    ...Object.entries(after.files).flatMap(([file, has]) => lowIn(check, file, has, fileIn(before, file), after.floor)),
  ];
}

function lostIn(check: string, file: string, had: Covered, has: Covered | undefined, tolerance: number): Reason[] {
  if (has === undefined) return had.covered === 0 ? [] : [reason(check, "coverage-vanished", { file })];
  return fell(had, has, tolerance) ? [fallen(check, file, had, has)] : [];
}

/** A file that was there before is held to what it had. */
function lowIn(check: string, file: string, has: Covered, had: Covered | undefined, floor: number | undefined): Reason[] {
  const isLow = had === undefined && floor !== undefined && percentOf(has) < floor;
  return isLow ? [reason(check, "coverage-low", { file, percent: rounded(percentOf(has)), floor })] : [];
}

function fell(had: Covered, has: Covered, tolerance: number): boolean {
  const isMoreUncovered = has.lines - has.covered > had.lines - had.covered;
  return isMoreUncovered && percentOf(has) < percentOf(had) - tolerance;
}

function fallen(check: string, file: string, had: Covered, has: Covered): Reason {
  return reason(check, "coverage-fell", { file, from: rounded(percentOf(had)), to: rounded(percentOf(has)) });
}

/** A file may be called "constructor", which every object inherits. */
function fileIn({ files }: Coverage, file: string): Covered | undefined {
  return Object.hasOwn(files, file) ? files[file] : undefined;
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}
