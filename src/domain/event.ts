/** What a run says while it works. `report/` turns events into progress and NDJSON. */
import type { EngineEnd } from "./engine.ts";
import type { Finding } from "./finding.ts";
import type { Declined } from "./plugin.ts";
import type { Cost } from "./proposal.ts";
import type { Reading } from "./reading.ts";
import type { Reason } from "./reason.ts";
import type { LandedCommit, RunStatus } from "./entry.ts";
import type { Skipped } from "./suggestion.ts";
import type { Verdict } from "./verdict.ts";

export type Event =
  | { readonly type: "run-started"; readonly run: string; readonly base: string; readonly checks: readonly string[] }
  | { readonly type: "notice"; readonly reason: Reason }
  | { readonly type: "check-started"; readonly check: string; readonly purpose: "baseline" | "trial" }
  /** `cached`: it was not run, because its reading of this tree is known, or is that of the base by proof. */
  | { readonly type: "check-ended"; readonly reading: Reading; readonly cached: boolean }
  /** An oracle's look in place of a check's reading. */
  | { readonly type: "looked"; readonly reading: Reading }
  | { readonly type: "proposing"; readonly by: string; readonly findings: number }
  | { readonly type: "round"; readonly number: number; readonly findings: number; readonly proposals: number }
  | { readonly type: "trying"; readonly proposals: number; readonly measurement: number }
  | { readonly type: "verdict"; readonly verdict: Verdict; readonly landed: boolean }
  | { readonly type: "declined"; readonly declined: Declined }
  | { readonly type: "skipped"; readonly skipped: Skipped }
  /** A file has been looked through by a model, or by none that could; `kept`: its review was known from before. */
  | { readonly type: "reviewed"; readonly file: string; readonly model?: string; readonly findings: number; readonly kept: boolean }
  /** An engine has had its turn at a task: `durationMs` is its own time, without the worktree's. */
  | { readonly type: "engine-ended"; readonly engine: string; readonly ended: EngineEnd; readonly durationMs: number; readonly usage: Cost }
  /** Green, and waiting for a person. */
  | { readonly type: "held"; readonly verdict: Verdict }
  | { readonly type: "landed"; readonly ref: string; readonly commits: readonly LandedCommit[] }
  | { readonly type: "remaining"; readonly findings: readonly Finding[] }
  | {
      readonly type: "run-ended";
      readonly run: string;
      readonly status: RunStatus;
      readonly exitCode: number;
      /** Why it ended before it was through; empty where it was. */
      readonly reasons: readonly Reason[];
      /** The full ref, where the run has one that exists. */
      readonly branch?: string;
    };

export type Listener = (event: Event) => void;
