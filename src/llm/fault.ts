/** Why a question has no answer, as data. The words stand in `report/`. */
import type { WaitHint } from "../domain/patience.ts";

/**
 * What a fault means for the questions after it.
 * - `missing-package`, `missing-key`, `unauthorized`, `redirected`: this provider will not answer in this run.
 * - `rate-limited`, `overloaded`, `server`, `network`, `timeout`, `unreadable`: it may answer later.
 * - `rejected` (400 and its like), `too-large`: this question will never be answered, others may.
 * - `budget`: nothing more may be asked in this run. `not-recorded`: a tape has no such question; never a network fault.
 */
export type FaultKind =
  | "missing-package"
  | "missing-key"
  | "unauthorized"
  | "redirected"
  | "rate-limited"
  | "overloaded"
  | "server"
  | "network"
  | "timeout"
  | "unreadable"
  | "rejected"
  | "too-large"
  | "budget"
  | "not-recorded";

export interface ModelFault {
  readonly kind: FaultKind;
  /** The full name of the model that was asked. */
  readonly model: string;
  /** What the provider said, its beginning. Hostile text. */
  readonly detail: string;
  readonly status?: number;
  /** How long the provider asks to be left alone, where it says so. */
  readonly hint?: WaitHint;
}

/** Faults after which the provider is left alone for the rest of the run. */
const FINAL: ReadonlySet<FaultKind> = new Set(["missing-package", "missing-key", "unauthorized", "redirected"]);
/** Faults that time may heal. */
const PASSING: ReadonlySet<FaultKind> = new Set(["rate-limited", "overloaded", "server", "network", "timeout", "unreadable"]);

export function isFinal({ kind }: ModelFault): boolean {
  return FINAL.has(kind);
}

export function isPassing({ kind }: ModelFault): boolean {
  return PASSING.has(kind);
}
