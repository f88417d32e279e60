/**
 * A quicker way to learn what a check would say of a change. It keeps state, and sees only what a change can have
 * touched; a search asks it in place of the check. It never decides a landing: the check itself does, on the very tree.
 */
import type { Read, Reading } from "./reading.ts";
import type { Workspace } from "./workspace.ts";

/** Texts by file; null where the file is not there. */
export type Texts = ReadonlyMap<string, string | null>;

/** A change to be looked at: what turns one tree into another. */
export interface Look {
  /** What differs from the tree that the oracle was opened on, in each of the two; the same `from` for a whole search. */
  readonly from: Texts;
  readonly to: Texts;
  /** The changed files, with their texts of before. */
  readonly changed: Texts;
  /** Where only these files matter: an oracle that can look at them alone does, another looks as ever. */
  readonly only?: readonly string[];
  /** The check's own reading of the first. */
  readonly baseline: Read;
  /** The second tree on disk; for this look alone. */
  readonly workspace: () => Promise<Workspace>;
  readonly signal?: AbortSignal;
}

/** The same part of a check before and after a change: enough to weigh one against the other, and no more. */
export interface Glimpse {
  readonly before: Read;
  readonly after: Reading;
  /** The changed files that others can see a difference in; any of them where absent. */
  readonly far?: ReadonlySet<string>;
}

export interface Oracle {
  /** Undefined where it cannot tell about this change. Throws when it is broken: it may be opened anew. */
  look(look: Look): Promise<Glimpse | undefined>;
  close(): Promise<void>;
}
