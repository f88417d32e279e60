/**
 * Runs one program to its end or its deadline, and measures it: wall clock from start to exit, and the peak memory of its
 * whole process tree. Ends only what it has started: its group first politely, then for good.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { watchMemory } from "./memory.ts";

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export interface Measured {
  /** Null where a signal ended it, the deadline's included. */
  readonly code: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** NaN where this machine does not tell. */
  readonly peakBytes: number;
}

const MAX_OUTPUT_CHARACTERS = 256 * 1_024 * 1_024;
/** stet itself needs up to 8 s to end in good order. */
const GRACE_MS = 10_000;

/** The person's own git configuration, and git variables of a hook that runs this, do not count. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:GIT_|NODE_OPTIONS$|NODE_COMPILE_CACHE$)/.test(name))),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_OPTIONAL_LOCKS: "0",
  NO_COLOR: "1",
};

/** Groups that would outlive this process, if it ended before they do. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) endGroup(child, "SIGKILL");
});

export async function measured(command: Command): Promise<Measured> {
  const { argv, cwd, env = {}, stdin } = command;
  const [program = "", ...args] = argv;
  const started = performance.now();
  const child = spawn(program, args, { cwd, env: { ...ENVIRONMENT, ...env }, stdio: "pipe", detached: true });
  running.add(child);
  const peak = watchMemory(child.pid ?? 0);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  child.stdin.on("error", () => undefined); // it need not read to the end
  child.stdin.end(stdin);
  const limit = endLate(child, command.timeoutMs);
  try {
    const code = await ended(child);
    const seconds = (performance.now() - started) / 1_000;
    return { code, timedOut: limit.reached(), stdout: stdout(), stderr: stderr(), seconds, peakBytes: peak() };
  } finally {
    peak();
    limit.clear();
    endGroup(child, "SIGKILL");
    running.delete(child);
  }
}

/** As `measured`; throws where the program ends with another code than these, or late. */
export async function succeeded(command: Command, codes: readonly number[] = [0]): Promise<Measured> {
  const result = await measured(command);
  if (!result.timedOut && result.code !== null && codes.includes(result.code)) return result;
  const how = result.timedOut ? "ran out of time" : `ended with ${String(result.code)}`;
  throw new Error(`${command.argv.join(" ").slice(0, 300)} ${how}: ${(result.stderr + result.stdout).slice(-2_000)}`);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  let length = 0;
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    length += chunk.length;
    if (length <= MAX_OUTPUT_CHARACTERS) chunks.push(chunk);
  });
  return () => chunks.join("");
}

function endLate(child: ChildProcess, timeoutMs: number): { reached(): boolean; clear(): void } {
  let reached = false;
  let insist: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    reached = true;
    child.kill("SIGTERM");
    insist = setTimeout(() => endGroup(child, "SIGKILL"), GRACE_MS);
  }, timeoutMs);
  const clear = (): void => {
    clearTimeout(timer);
    clearTimeout(insist);
  };
  return { reached: () => reached, clear };
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}
