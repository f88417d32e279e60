/**
 * What others say should change: one statement of one source about one file, as it was read. Nothing here is held against
 * a text yet: places are as the source counts them, and a change is a wish until `formats/edits.ts` finds its place.
 */
import type { Safety } from "./edit.ts";
import type { Finding, Place } from "./finding.ts";
import type { Reason } from "./reason.ts";

/** What a source counts columns in. A finding's own place counts UTF-16 code units once it has met its text. */
export type ColumnUnit = "utf-16" | "code-points" | "utf-8";

/** Lines and columns count from 1. Without a column: the line's beginning, or, as an end, the end of its text. */
export interface Position {
  readonly line: number;
  readonly column?: number;
}

/** A part of a text that is not at hand yet. A byte order mark is no column and no character, but it is bytes. */
export type Span =
  /** The one place where this text stands. */
  | { readonly kind: "quote"; readonly text: string }
  /** `to` is the first place behind it. */
  | { readonly kind: "columns"; readonly from: Position; readonly to: Position; readonly unit: ColumnUnit }
  /** Whole lines, both included; `expected` is what must stand there, joined with `\n`. */
  | { readonly kind: "lines"; readonly first: number; readonly last: number; readonly expected?: string }
  | { readonly kind: "characters"; readonly offset: number; readonly length: number; readonly unit: ColumnUnit }
  | { readonly kind: "bytes"; readonly offset: number; readonly length: number };

/** Puts `after` in the place of a span. For whole lines, `after` is whole lines too, and an empty one deletes them. */
export interface Change {
  readonly file: string;
  readonly span: Span;
  readonly after: string;
}

/** One complete way to settle a finding: all of its changes, or none. */
export interface Offer {
  readonly title: string;
  readonly safety: Safety;
  readonly changes: readonly Change[];
  /** Why it is right, in the source's words. */
  readonly rationale?: string;
}

/** One finding of a source's, with what it offers for it, the best first. */
export interface Advice {
  readonly finding: Finding;
  readonly unit: ColumnUnit;
  readonly offers: readonly Offer[];
  /** Other places that the source names, with why. */
  readonly related?: readonly (Place & { readonly message: string })[];
}

/** Which text of which input said it. */
export interface Origin {
  readonly source: string;
  /** The input as the user named it; `-` is standard input. */
  readonly input: string;
  /** The line, or where the input is one document the number of the result in it. Both count from 1; 0 is the input. */
  readonly number: number;
}

/** A number from 0 to 100, or, where the source has no such number, what it has in its place. */
export type Figure = number | string;

/** How far a source vouches for what it says, where it says so: review rows always must. */
export interface Trust {
  readonly average: Figure;
  readonly minimum: Figure;
  /** Empty where there is none. */
  readonly tiers: readonly string[];
}

/** What was looked at, and when. */
export interface Reviewed {
  /** Milliseconds since 1970; fractions count. Of one file, the latest is the one that holds. */
  readonly at?: number;
  readonly by?: string;
  readonly commit?: string;
  /** A git blob id, or `sha256:` and the digest of the file's bytes. */
  readonly content?: string;
}

export interface Suggestion {
  /** Relative to the repository's root. */
  readonly file: string;
  readonly origin: Origin;
  readonly advice: readonly Advice[];
  /** Absent where the source states no confidence at all: a tool's fix. */
  readonly trust?: Trust;
  readonly reviewed?: Reviewed;
  /** `dry_run`, where the source wants a person to look first. */
  readonly stage?: string;
}

/** What was left out while reading, and why. */
export interface Skipped {
  readonly origin: Origin;
  readonly reason: Reason;
  /**
   * Whether the input is at fault, by the exit code that this comes to: 65 bad data, 66 no input. Null where it is well
   * and only says of itself that there is nothing to do: suppressed, outdated, passed.
   */
  readonly exitCode: 65 | 66 | null;
}

export type SourceItem =
  | { readonly kind: "suggestion"; readonly suggestion: Suggestion }
  | { readonly kind: "skipped"; readonly skipped: Skipped };
