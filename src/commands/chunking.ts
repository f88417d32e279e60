/** How a spec is cut into chunks in this run: by whom, and how large they may be. */
import { EXIT, type ExitCode } from "../domain/problem.ts";
import type { Reason } from "../domain/reason.ts";
import type { Spec, Task } from "../domain/task.ts";
import type { SpecState } from "../ledger/spec-state.ts";

export type Chunker = "deterministic" | "model";

/** What a model makes of a spec: tasks in place of its own. */
export type CutTasks = (spec: Spec, text: string) => Promise<{ readonly ok: true; readonly tasks: readonly Task[]; readonly model: string } | { readonly ok: false; readonly reasons: readonly Reason[] }>;

export interface Chunking {
  readonly maxTokens: number;
  readonly optional: boolean;
  /** Absent where the spec's own tasks are built. */
  readonly cut?: CutTasks;
}

/** What the command line says; else who has cut the spec before. */
export function chunkerOf({ chunker }: { readonly chunker?: Chunker }, recorded: Pick<SpecState, "cut"> | undefined): Chunker {
  return chunker ?? (recorded?.cut ? "model" : "deterministic");
}

/** Whether what is recorded of a spec does not count. */
export function startsAnew({ resetLedger, resume, fresh }: { readonly resetLedger?: boolean; readonly resume?: boolean; readonly fresh?: boolean }): boolean {
  return resetLedger === true || resume === false || fresh === true;
}

/** 65 for what the spec's people can mend, 69 where the model that was to cut it could not be reached, or could not do it. */
export function refusalExit({ by, code }: Reason): ExitCode {
  return by === "spec" || OF_THE_SPEC.has(code) ? EXIT.badInput : EXIT.noProvider;
}

const OF_THE_SPEC: ReadonlySet<string> = new Set(["cut-list", "cut-too-long"]);
