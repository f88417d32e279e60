import { createHash } from "node:crypto";
import type { Edit, Safety } from "./edit.ts";

/** What kind of defect a finding is, whichever tool saw it (capability C2). */
export type Category = (typeof CATEGORIES)[number];

export const CATEGORIES = ["syntax", "missing_import", "undefined_name", "type_mismatch", "contract_violation", "other"] as const;

/** A place in a file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A change that the tool which saw the finding offers for it, as data. */
export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
  /** Why it is right, in the words of whoever offers it. */
  readonly rationale?: string;
}

/**
 * How far a tool must have come in a part of the code to see a finding. Tools that stop where something is wrong hide
 * what they would have seen further on.
 */
export interface Depth {
  /** A part of the code that the tool goes through by itself: a crate's target, a package. */
  readonly area: string;
  /** Counted from 0; the tool's own order. */
  readonly stage: number;
}

/** Something that should change, as one check saw it. */
export interface Finding {
  /** Same defect, same key, on whatever line it stands now. */
  readonly key: string;
  /** The check that saw it. */
  readonly by: string;
  /** The program that saw it, where a proposer needs to know: `eslint`. A check may have any name. */
  readonly tool?: string;
  /** The tool's own code for it: `TS2304`, `no-var`; for a test, `test`. */
  readonly rule: string;
  readonly category: Category;
  readonly message: string;
  readonly at?: Place;
  /** 0 to 100. Absent when the source states none. */
  readonly confidence?: number;
  /** Absent where the tool always sees it. */
  readonly depth?: Depth;
  /** What another check would say in its place, where it only tells that a whole does not work. */
  readonly standsFor?: readonly Finding[];
  /** What the tool itself offers. Absent when it offers nothing. */
  readonly fixes?: readonly Fix[];
}

/**
 * Makes a finding and its key. The key leaves out line and column, so a defect keeps it when code moves; two equal
 * defects in one file share a key and are told apart by count (see `counts`). `mark` is what tells defects of one rule in
 * one file apart: the message, unless the tool itself gives something that stays when code moves.
 */
export function finding(parts: Omit<Finding, "key">, mark = normalMessage(parts.message)): Finding {
  const identity = [parts.by, parts.rule, parts.at?.file ?? "", mark];
  return { key: createHash("sha256").update(identity.join("\0")).digest("hex").slice(0, 16), ...parts };
}

/** Positions inside a message (`(12,5)`, `:12:5`, `line 12`) move with the code and say nothing of the defect. */
function normalMessage(message: string): string {
  return message
    .replace(/\(\d+,\d+\)/g, "()")
    .replace(/:\d+:\d+/g, ":")
    .replace(/\bline \d+/gi, "line")
    .replace(/\s+/g, " ")
    .trim();
}

/** How many findings stand under each key. */
export function counts(findings: readonly Finding[]): Map<string, number> {
  const byKey = new Map<string, number>();
  for (const { key } of findings) byKey.set(key, (byKey.get(key) ?? 0) + 1);
  return byKey;
}
