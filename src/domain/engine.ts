/**
 * Who does a task in a worktree: a model with tools, or somebody's agent. What it says of its work decides nothing; only
 * the difference that it leaves in the worktree counts, and that is tried like any other.
 */
import type { Cost } from "./proposal.ts";
import type { Reason } from "./reason.ts";
import type { Workspace } from "./workspace.ts";

export interface Deadline {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * How an engine's turn ended. `rate-limited`: by its provider, so asking again in this run is of no use. `failed`: it
 * could not run, or broke off. `timed-out`: the deadline ended it. What it has changed by then stands in the worktree
 * whatever the end.
 */
export type EngineEnd = "done" | "rate-limited" | "failed" | "timed-out";

export interface EngineReport {
  readonly ended: EngineEnd;
  /** Its own summary, for people: at most `MAX_SAID_LENGTH` characters without control characters or secrets. No evidence. */
  readonly said: string;
  readonly usage: Cost;
  /** Why it did not end with `done`. */
  readonly reason?: Reason;
}

/** One file in `agents/` makes them. */
export interface Engine {
  readonly name: string;
  /**
   * Works on the workspace's folder until it is through or out of time; nothing that it started is alive afterwards.
   * Throws only what the deadline's signal was aborted with.
   */
  run(workspace: Workspace, prompt: string, deadline: Deadline): Promise<EngineReport>;
}

/** Of an engine's summary: two short paragraphs. */
export const MAX_SAID_LENGTH = 2_000;
