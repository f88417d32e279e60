/** The real console: this process's streams and signals. */
import { EXIT } from "../domain/problem.ts";
import { painter } from "../report/paint.ts";
import { listenerFor, type Console } from "./console.ts";
import { systemClock } from "../system/clock.ts";

const SIGNALS = { SIGHUP: EXIT.hangup, SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;
/** After a signal everything is given this long to end; promise 8 allows 8 s. */
const LAST_MS = 6_000;

export interface OpenConsole extends Console {
  readonly code: number;
  complain(text: string): void;
  close(): void;
}

export function openConsole(): OpenConsole {
  const controller = new AbortController();
  let code: number = EXIT.settled;
  let abortCode: number = EXIT.remains;
  let deadline: NodeJS.Timeout | undefined;
  const onSignal = (signal: keyof typeof SIGNALS): void => {
    abortCode = SIGNALS[signal];
    controller.abort(new Error(signal));
    setTimeout(() => process.exit(abortCode), LAST_MS).unref();
  };
  const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
  for (const name of names) process.on(name, onSignal);
  const out = (text: string): void => void process.stdout.write(text);
  const err = (text: string): void => void process.stderr.write(text);
  // A reader that has gone (`stet runs | head`) is no fault of the run.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const { isTTY = false, columns = 80 } = process.stderr;
  return {
    get code() {
      return code;
    },
    print: (text) => out(`${text}\n`),
    complain: (text) => err(`${text}\n`),
    paint: painter(process.stdout.isTTY && process.env["NO_COLOR"] === undefined),
    listener: (options) => listenerFor({ out, err, columns, isTTY, now: systemClock.now }, options),
    signal: controller.signal,
    exitCodeOfAbort: () => abortCode,
    deadline: (ms) => {
      deadline = setTimeout(() => controller.abort(new Error("deadline")), ms);
      deadline.unref();
    },
    now: systemClock.now,
    exit: (value) => {
      code = value;
    },
    close: () => {
      clearTimeout(deadline);
      for (const name of names) process.off(name, onSignal);
    },
  };
}
