/** The real console: this process's streams and signals. */
import type { Listener } from "../domain/event.ts";
import { EXIT } from "../domain/problem.ts";
import { reason } from "../domain/reason.ts";
import { painter } from "../report/paint.ts";
import type { Progress } from "../report/progress.ts";
import { systemClock } from "../system/clock.ts";
import type { Console } from "./console.ts";
import type { CommonOptions } from "./options.ts";

const SIGNALS = { SIGHUP: EXIT.hangup, SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;
/** After a signal everything is given this long to end; promise 8 allows 8 s. */
const LAST_MS = 6_000;
/** How often the elapsed time of a status line moves on by itself. */
const TICK_MS = 1_000;
const now = (): number => systemClock.now();

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
  // Loaded with the first command that has something to hide: `--help` has not.
  let clean = (text: string): string => text;
  let isCut = false;
  process.stdout.on("error", ({ code: fault = "EIO" }: NodeJS.ErrnoException) => {
    // A reader that has gone (`stet runs | head`) is no fault of the run; a disk without room for its results is.
    if (fault === "EPIPE" || isCut) return;
    isCut = true;
    void import("../report/errors.ts").then(({ problemText }) => err(`${problemText({ code: "storage", args: { path: "stdout", code: fault } })}\n`));
    // The last words may fail when `main` has given its exit code already.
    process.exitCode = EXIT.storage;
  });
  process.stderr.on("error", () => undefined);
  const { isTTY } = process.stderr;
  const columns = process.stderr.columns || 80;
  let status: Progress | undefined;
  const clock = setInterval(() => status?.tick(), TICK_MS).unref();
  const listener = async (options: Pick<CommonOptions, "json" | "quiet">): Promise<Listener> => {
    const { redact, redacted } = await import("../system/secrets.ts");
    clean = redact;
    if (options.json) return (await import("../report/ndjson.ts")).ndjson(out, { now, clean: redacted });
    const { progress } = await import("../report/progress.ts");
    const shown = progress({ write: (text) => err(redact(text)), isTTY, columns, now, quiet: options.quiet ?? false });
    if (isTTY) status = shown;
    return shown;
  };
  const above = (write: (text: string) => void, text: string): void => {
    status?.clear();
    status = undefined;
    write(`${clean(text)}\n`);
  };
  return {
    get code() {
      return isCut ? EXIT.storage : code;
    },
    print: (text) => above(out, text),
    complain: (text) => above(err, text),
    paint: painter(process.stdout.isTTY && process.env["NO_COLOR"] === undefined),
    listener,
    signal: controller.signal,
    why: () => (abortCode === EXIT.remains ? reason("run", "deadline") : reason("run", "interrupted")),
    exitCodeOfAbort: () => abortCode,
    deadline: (ms) => {
      deadline = setTimeout(() => controller.abort(new Error("deadline")), ms);
      deadline.unref();
    },
    exit: (value) => {
      code = value;
    },
    close: () => {
      clearTimeout(deadline);
      clearInterval(clock);
      for (const name of names) process.off(name, onSignal);
    },
  };
}
