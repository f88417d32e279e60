/** What a command hands the engine: plug-ins as values, and the doors it may use. The engine names no concrete one. */
import type { Listener } from "../domain/event.ts";
import type { BaseFile, Gate, Policy, Project, Proposer } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Parsed } from "../domain/syntax.ts";
import type { Evidence } from "../domain/verdict.ts";
import type { Outcomes } from "../ledger/earned.ts";
import type { Answers } from "../trial/answers.ts";
import type { Trial } from "../trial/trial.ts";
import type { Run } from "./run.ts";

/** What a commit's evidence was measured on: it `alone`, it as the `tip` of several, or only the tip `above` it. */
export type MeasuredAt = "alone" | "tip" | "above";

export interface Kit {
  readonly run: Run;
  readonly trial: Trial;
  readonly gates: readonly Gate[];
  readonly policy: Policy;
  /** Files that the whole run may touch; Infinity where nothing was said. */
  readonly maxFiles: number;
  /** Lowest rung first. */
  readonly proposers: readonly Proposer[];
  /** What stands at these paths of a tree, and at each leading folder that is a link. */
  readBase(tree: string, paths: readonly string[]): Promise<ReadonlyMap<string, BaseFile>>;
  /** A file's syntax tree, for gates that look at it; where absent they have none. */
  readonly parse?: (file: string, text: string) => Promise<Parsed>;
  /** A tree's files; where absent proposers have only the workspace. */
  readonly project?: (tree: string) => Promise<Pick<Project, "files" | "readText">>;
  message(proposal: Proposal, evidence: readonly Evidence[], measured: MeasuredAt): string;
  /** What proposers answered before; where absent they are asked each time. */
  readonly answers?: Answers;
  /** What became of offers here, in all runs; grows with this one. */
  readonly outcomes?: Outcomes;
  readonly listen: Listener;
  readonly signal?: AbortSignal;
  /** Whether `signal` was aborted because the run's time was up: then it ends in good order, with what has landed. */
  isTimeUp?(): boolean;
}
