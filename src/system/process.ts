/**
 * Runs programs: no shell, output to capped files, the whole process group ended. Awaits `exit` and not `close`,
 * since a grandchild that holds the pipe would keep `close` away for ever. Never reads the environment by itself.
 */
import { spawn } from "node:child_process";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../domain/plugin.ts";
import { ownFolder } from "./temporary.ts";

export interface RunOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer;
  readonly timeoutMs: number;
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
  /** Whether the program gets a file as descriptor 3, to say something that is neither output nor error. */
  readonly note?: boolean;
}

/** What a program left: how it ended, stdout's bytes, and its note. */
export interface RunBytes {
  readonly outcome: Outcome;
  readonly stdout: Buffer;
  readonly note: string;
}

const DEFAULT_MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_NOTE_BYTES = 1024;
const WATCH_INTERVAL_MS = 500;
/** How long a group has between SIGTERM and SIGKILL. */
const GRACE_MS = 1_500;
/** The longest wait that a timer takes; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Runs a program to its end. Never throws for what the program does; throws when `signal` aborts. */
export async function run(options: RunOptions): Promise<Outcome> {
  const { outcome } = await runBytes(options);
  return outcome;
}

/** As `run`, with stdout's bytes too, for output that need not be text, and with the note. */
export async function runBytes(options: RunOptions): Promise<RunBytes> {
  options.signal?.throwIfAborted();
  await using folder = await ownFolder();
  const files: FileHandle[] = [];
  try {
    const names = ["out", "err", ...(options.note ? ["note"] : [])];
    for (const name of names) files.push(await open(join(folder.path, name), "w+"));
    const started = performance.now();
    const ended = await settle(options, files);
    const durationMs = Math.round(performance.now() - started);
    options.signal?.throwIfAborted();
    const maxBytes = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
    const [out, err, note] = await Promise.all([
      readCapped(files[0], maxBytes),
      readCapped(files[1], maxBytes),
      readCapped(files[2], MAX_NOTE_BYTES),
    ]);
    const truncated = out.truncated || err.truncated;
    const text = { stdout: out.bytes.toString("utf8"), stderr: err.bytes.toString("utf8") };
    const outcome = { ended, ...text, truncated, durationMs };
    return { outcome, stdout: out.bytes, note: note.bytes.toString("utf8") };
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

/** Groups that would outlive this process, if it ended before they do. */
const running = new Set<number>();
process.on("exit", () => {
  for (const pid of running) killGroup(pid, "SIGKILL");
});

/** From now on the group ends with this process, until `endGroup`. */
export function register(pid: number | undefined): void {
  if (pid !== undefined) running.add(pid);
}

/** Ends a group that was asked to end: by force where it has not after the grace. Settles when its leader is gone. */
export async function endGroup(pid: number | undefined, ended: Promise<unknown>): Promise<void> {
  const insist = setTimeout(() => killGroup(pid, "SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(insist);
  killGroup(pid, "SIGKILL");
  running.delete(pid ?? 0);
}

function settle(options: RunOptions, files: readonly FileHandle[]): Promise<Outcome["ended"]> {
  const [program = "", ...args] = options.argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: [options.stdin === undefined ? "ignore" : "pipe", ...files.map(({ fd }) => fd)],
      detached: true,
    });
    if (child.pid !== undefined) running.add(child.pid);
    let timedOut = false;
    let insist: NodeJS.Timeout | undefined;
    const end = (): void => {
      killGroup(child.pid, "SIGTERM");
      insist ??= setTimeout(() => killGroup(child.pid, "SIGKILL"), GRACE_MS);
    };
    const late = (): void => {
      timedOut = true;
      end();
    };
    const timer = setTimeout(late, Math.min(options.timeoutMs, MAX_TIMEOUT_MS));
    const watch = watchSize(options, files, end);
    options.signal?.addEventListener("abort", end, { once: true });
    if (options.signal?.aborted) end(); // while the files were opened: no event comes any more
    const finish = (ended: Outcome["ended"]): void => {
      clearTimeout(timer);
      clearTimeout(insist);
      clearInterval(watch);
      options.signal?.removeEventListener("abort", end);
      killGroup(child.pid, "SIGKILL");
      running.delete(child.pid ?? 0);
      resolve(timedOut ? { kind: "timeout" } : ended);
    };
    child.on("error", () => finish({ kind: "missing" }));
    child.on("exit", (code, signal) =>
      finish(signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal }),
    );
    // A program that does not read its input to the end is no fault.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.stdin);
  });
}

/** A program that writes without end is ended at twice its cap, before it fills the disk. */
function watchSize(options: RunOptions, files: readonly FileHandle[], end: () => void): NodeJS.Timeout {
  const limitBytes = 2 * (options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES);
  return setInterval(() => {
    void Promise.all(files.map((file) => file.stat())).then(
      (stats) => stats.some(({ size }) => size > limitBytes) && end(),
      () => undefined,
    );
  }, WATCH_INTERVAL_MS);
}

export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function readCapped(
  file: FileHandle | undefined,
  maxBytes: number,
): Promise<{ bytes: Buffer; truncated: boolean }> {
  if (file === undefined) return { bytes: Buffer.alloc(0), truncated: false };
  const { size } = await file.stat();
  const bytes = Buffer.alloc(Math.min(size, maxBytes));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  return { bytes: bytes.subarray(0, bytesRead), truncated: size > maxBytes };
}
