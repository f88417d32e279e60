/** What a run holds for a person, and what has become of it since. */
import type { HeldEntry } from "./entry.ts";

/** `landed`: accepted, or applied again and landed by itself. What was accepted and did not land waits as before. */
export type Fate = "waiting" | "landed" | "rejected";

export interface Held extends Pick<HeldEntry, "proposal" | "evidence"> {
  /** Counts from 1 in the order of the ledger. */
  readonly number: number;
  readonly fate: Fate;
  /** Of what landed. */
  readonly commit?: string;
}
