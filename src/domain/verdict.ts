import type { Proposal } from "./proposal.ts";
import type { Reason } from "./reason.ts";

/**
 * What became of a proposal. `refused`: a gate said no, nothing was run. `better`: something is gone and nothing is
 * new. `same`: nothing is new and nothing is gone. `worse`: something is new, or a test is lost. `unclear`: a check
 * could not tell. Only `better` lands, and `same` where the command says so.
 */
export type VerdictKind = "refused" | "better" | "same" | "worse" | "unclear";

export interface Verdict {
  readonly kind: VerdictKind;
  readonly proposal: Proposal;
  /** Never empty for refused, worse and unclear. */
  readonly reasons: readonly Reason[];
  /** Counts per check, before and after, of the measurement that decided; empty when none was made. */
  readonly evidence: readonly Evidence[];
}

/** One check's figures in the measurement that decided a verdict. */
export interface Evidence {
  readonly check: string;
  readonly before: number;
  readonly after: number;
  /** Tests that passed, for test runners. */
  readonly passed?: number;
  /** Percent of the lines that the tests run, where the check measures it; `before` absent where that is not known. */
  readonly coverage?: { readonly before?: number; readonly after: number };
}
