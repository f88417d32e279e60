/** What commands need of the outside world to speak: streams, the clock, the signal to end, and the exit code. */
import type { Listener } from "../domain/event.ts";
import type { Reason } from "../domain/reason.ts";
import type { Paint } from "../report/paint.ts";
import type { CommonOptions } from "./options.ts";
import type { RunSurroundings } from "./run-repair.ts";

export interface Console {
  /** To stdout, with a newline. */
  print(text: string): void;
  readonly paint: Paint;
  /** Progress on stderr, or NDJSON on stdout. */
  listener(options: Pick<CommonOptions, "json" | "quiet">): Promise<Listener>;
  /** Aborted by a signal or by a deadline. */
  readonly signal: AbortSignal;
  /** Which exit code the abort stands for. */
  exitCodeOfAbort(): number;
  /** Why it was aborted. */
  why(): Reason;
  deadline(ms: number): void;
  exit(code: number): void;
}

/** What a run needs of the console. A deadline aborts like a signal does. */
export async function surroundings(terminal: Console, options: CommonOptions): Promise<RunSurroundings> {
  if (options.deadline !== undefined) terminal.deadline(options.deadline);
  return {
    listen: await terminal.listener(options),
    signal: terminal.signal,
    exitCodeOfAbort: () => terminal.exitCodeOfAbort(),
    why: () => terminal.why(),
  };
}
