/** The ledger's lines: every decision, in the order it was made. Facts only; state is folded from them. */
import type { Category, Finding } from "./finding.ts";
import type { Cost, Proposal } from "./proposal.ts";
import type { Reason } from "./reason.ts";
import type { Evidence, VerdictKind } from "./verdict.ts";

/** One commit of a landing: which proposal became which commit. */
export interface LandedCommit {
  readonly proposal: string;
  readonly commit: string;
  readonly title: string;
}

interface Line {
  readonly at: string;
  readonly run: string;
}

/** A finding as the ledger keeps it: without the fixes its tool offered, which can be large. */
export type RecordedFinding = Omit<Finding, "fixes">;

/** What a run was asked for, so that it can be named again. Never obeyed by itself: what loosens is said anew each time. */
export interface AskedFor {
  readonly scope: readonly string[];
  readonly allow: readonly string[];
  readonly allowPath: readonly string[];
  /** Models by rung, and the agent's, as they were typed. */
  readonly models: readonly string[];
  readonly agent?: string;
}

export interface RunEntry extends Line {
  readonly kind: "run";
  readonly command: string;
  /** What makes two runs the same work: command, scope, checks, base. */
  readonly work: string;
  /** Absent of runs that were recorded before it was. */
  readonly asked?: AskedFor;
  readonly base: string;
  readonly branch: string;
  readonly dryRun: boolean;
  readonly containment: string;
  /** What this machine could not enforce of it, as codes. */
  readonly unenforced: readonly string[];
  /** The run whose branch this one goes on with. */
  readonly continues?: string;
}

export interface VerdictEntry extends Line {
  readonly kind: "verdict";
  readonly verdict: VerdictKind;
  readonly proposal: Omit<Proposal, "findings"> & { readonly findings: readonly RecordedFinding[] };
  readonly reasons: readonly Reason[];
  readonly evidence: readonly Evidence[];
  readonly dryRun: boolean;
}

/** It is green, and waits for a person: `proposal.base` is the tree that its edits are of. */
export interface HeldEntry extends Line {
  readonly kind: "held";
  readonly verdict: VerdictKind;
  readonly proposal: VerdictEntry["proposal"];
  readonly evidence: readonly Evidence[];
}

/**
 * A person has said what is to become of what an earlier run held. `accepted`: a line of the run that tries them, whatever
 * comes of it; `rejected`: a line of the run that held them.
 */
export interface DecidedEntry extends Line {
  readonly kind: "decided";
  readonly decision: "accepted" | "rejected";
  /** The run that held them. */
  readonly of: string;
  readonly proposals: readonly string[];
}

/** A part of an input that is no suggestion, or could not be read. */
export interface SkippedEntry extends Line {
  readonly kind: "skipped";
  readonly origin: { readonly source: string; readonly input: string; readonly number: number };
  readonly reason: Reason;
}

/** A branch went to a remote, and a pull request was opened or brought up to date there, or why that did not come to be. */
export interface PublishedEntry extends Line {
  readonly kind: "published";
  readonly ref: string;
  readonly remote: string;
  /** What was pushed; null where nothing was. */
  readonly commit: string | null;
  readonly url?: string;
  readonly number?: number;
  readonly reason?: Reason;
}

/** A proposer was asked about findings and had nothing to offer. */
export interface DeclinedEntry extends Line {
  readonly kind: "declined";
  readonly by: string;
  readonly rung: number;
  readonly findings: readonly RecordedFinding[];
  readonly reason: Reason;
  readonly cost?: Cost;
}

/** A model was asked about something that is no finding, such as how a plan is cut into tasks. */
export interface AskedEntry extends Line {
  readonly kind: "asked";
  readonly by: string;
  /** What about. */
  readonly subject: string;
  readonly cost: Cost;
}

/** A model was left out of the rest of the run, whether or not another one stood in for it. */
export interface LeftEntry extends Line {
  readonly kind: "left";
  readonly model: string;
  /** The fault's kind. */
  readonly fault: string;
  readonly detail: string;
}

/** A check did not see in this tree what its oracle had seen, and decided. */
export interface DisagreementEntry extends Line {
  readonly kind: "disagreement";
  readonly check: string;
  readonly tree: string;
  /** What the check has against the tree. */
  readonly reasons: readonly Reason[];
}

/** Written before the ref moves. */
export interface IntentEntry extends Line {
  readonly kind: "intent";
  readonly ref: string;
  /** Null where the ref is made. */
  readonly from: string | null;
  readonly to: string;
  readonly commits: readonly LandedCommit[];
}

/** Written after the ref has moved, or found to have moved by recovery. */
export interface LandedEntry extends Line {
  readonly kind: "landed";
  readonly ref: string;
  readonly from: string | null;
  readonly to: string;
  readonly commits: readonly LandedCommit[];
  readonly recovered: boolean;
  /** Commits are made by plumbing: the repository's hooks never see them. */
  readonly hooks: "not run";
}

/** An intent whose ref never moved. */
export interface AbandonedEntry extends Line {
  readonly kind: "abandoned";
  readonly ref: string;
  readonly to: string;
  readonly reason: Reason;
}

export interface RemainingEntry extends Line {
  readonly kind: "remaining";
  readonly findings: readonly RecordedFinding[];
  /** How many findings of each category there were before the run. */
  readonly before?: Readonly<Partial<Record<Category, number>>>;
}

export interface UndoneEntry extends Line {
  readonly kind: "undone";
  readonly ref: string;
  readonly from: string;
  readonly to: string | null;
}

export type RunStatus = "finished" | "interrupted" | "failed";

export interface EndedEntry extends Line {
  readonly kind: "ended";
  readonly status: RunStatus;
  readonly exitCode: number;
  readonly reasons: readonly Reason[];
  /** How often each check was really run, by name. */
  readonly checks?: Readonly<Record<string, number>>;
}

export type Entry =
  | RunEntry
  | VerdictEntry
  | DeclinedEntry
  | AskedEntry
  | HeldEntry
  | DecidedEntry
  | SkippedEntry
  | PublishedEntry
  | LeftEntry
  | DisagreementEntry
  | IntentEntry
  | LandedEntry
  | AbandonedEntry
  | RemainingEntry
  | UndoneEntry
  | EndedEntry;
