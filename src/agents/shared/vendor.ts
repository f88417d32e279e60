/** Runs a vendor's command line for one task: the prompt on its input, JSON lines on its output, an end by the deadline. */
import type { Deadline, EngineReport } from "../../domain/engine.ts";
import type { Cost } from "../../domain/proposal.ts";
import { reason } from "../../domain/reason.ts";
import type { Outcome, Workspace } from "../../domain/workspace.ts";
import { detailOf, done, notDone } from "./ending.ts";
import { objectsIn } from "./json-lines.ts";
import { isLimited } from "./limited.ts";
import type { Program } from "./program.ts";
import { timerMs } from "./within.ts";

/** A day's work in JSON lines; a program that prints more is ended. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What the vendor's lines come to. `fault` where they say that it failed, in the vendor's words. */
export interface Told {
  /** Whether they tell of an end at all. */
  readonly isWhole: boolean;
  readonly said: string;
  readonly usage: Cost;
  readonly fault?: string;
}

export interface Vendor {
  readonly name: string;
  readonly program: Program;
  /** Where its words depend on how it is contained, more of them. */
  readonly more?: (workspace: Workspace) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly read: (lines: readonly Record<string, unknown>[]) => Told;
}

export async function runVendor({ name, program, more, env, read }: Vendor, workspace: Workspace, prompt: string, { timeoutMs, signal }: Deadline): Promise<EngineReport> {
  const limits = { timeoutMs: timerMs(timeoutMs), maxOutputBytes: MAX_OUTPUT_BYTES, ...(signal && { signal }) };
  const outcome = await workspace.run({ ...program, argv: [...program.argv, ...(more?.(workspace) ?? [])], env, network: true, stdin: prompt, ...limits });
  return reportOf(name, outcome, read(objectsIn(outcome.stdout)));
}

function reportOf(name: string, outcome: Outcome, { isWhole, said, usage, fault }: Told): EngineReport {
  if (isWhole && fault === undefined && isWell(outcome)) return done(said, usage);
  const isLate = outcome.ended.kind === "timeout";
  const why = fault ?? (isLate ? "" : lastWords(outcome));
  const told = { said, usage };
  // Also where its time is up: a provider that turned it away for all of it would do the same again.
  if (isLimited(why)) return notDone("rate-limited", reason(name, "engine-rate-limited", detailOf(why)), told);
  if (isLate) return notDone("timed-out", reason(name, "engine-timed-out"), told);
  return notDone("failed", reason(name, isWhole ? "engine-failed" : "engine-broke-off", detailOf(why)), told);
}

function isWell({ ended, truncated }: Outcome): boolean {
  return ended.kind === "exited" && ended.code === 0 && !truncated;
}

function lastWords({ ended, stdout, stderr }: Outcome): string {
  return stderr.trim() || stdout.trim() || ended.kind;
}
