/**
 * What a run does just now, on stderr. A terminal gets one status line that is written over and gone at the end, with
 * what happened for good above it; anything else gets plain lines, and of those that only say "still at it" one in
 * `MIN_INTERVAL_MS` at most.
 */
import type { Event, Listener } from "../domain/event.ts";
import { fit, duration } from "./layout.ts";
import { Situation } from "./situation.ts";

export interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly columns: number;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly quiet?: boolean;
}

/** A listener that can be told to bring its clock up to date, or to take its line away before others write. */
export type Progress = Listener & { tick(): void; clear(): void };

const MIN_INTERVAL_MS = 10_000;
/** Carriage return, then "erase in line" (ECMA-48). */
const CLEAR_LINE = "\r\u001b[2K";

export function progress(options: ProgressOptions): Progress {
  if (options.quiet) return Object.assign(() => undefined, { tick: () => undefined, clear: () => undefined });
  return options.isTTY ? statusLine(options) : plainLines(options);
}

function statusLine({ write, columns, now }: ProgressOptions): Progress {
  const situation = new Situation();
  const startedMs = now();
  let shown = false;
  const clear = (): void => {
    if (shown) write(CLEAR_LINE);
    shown = false;
  };
  const tick = (): void => {
    const text = [situation.text(), duration(now() - startedMs)].filter((part) => part !== "").join(" · ");
    // The last column stays free: some terminals break the line when it is filled.
    write(`${CLEAR_LINE}${fit(text, columns - 1)}`);
    shown = true;
  };
  const listen = (event: Event): void => {
    situation.take(event);
    const lines = situation.linesFor(event);
    if (lines.length > 0) clear();
    for (const line of lines) write(`${line}\n`);
    if (event.type === "run-ended") clear();
    else tick();
  };
  return Object.assign(listen, { tick, clear });
}

function plainLines({ write, now }: ProgressOptions): Progress {
  const situation = new Situation();
  const startedMs = now();
  let lastMs = startedMs;
  const listen = (event: Event): void => {
    situation.take(event);
    const lines = situation.linesFor(event);
    const still = lines.length === 0 && event.type !== "run-ended" && now() - lastMs >= MIN_INTERVAL_MS;
    if (still) lines.push(`${situation.text()} · ${duration(now() - startedMs)}`);
    for (const line of lines) write(`${line}\n`);
    if (lines.length > 0) lastMs = now();
  };
  return Object.assign(listen, { tick: () => undefined, clear: () => undefined });
}
