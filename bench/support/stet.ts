/**
 * Runs stet as a user would, and reads from its own events what it did: checks that really ran, commits, exit code. Each
 * run has a cache of its own unless it is to go on with an earlier one's.
 */
import { z } from "zod";
import { measured, type Measured } from "./process.ts";

export interface StetRun {
  readonly measured: Measured;
  /** How often each check of the project really ran, the baseline included. */
  readonly checks: Readonly<Record<string, number>>;
  /** How often each check's answer was had from what stet keeps. */
  readonly kept: number;
  /** All events by type: what an oracle did shows here. */
  readonly events: Readonly<Record<string, number>>;
  readonly branch: string | undefined;
  readonly exitCode: number | undefined;
  readonly commits: number;
}

export interface StetOptions {
  /** How stet is started: `node dist/cli.js`. */
  readonly cli: readonly string[];
  readonly cwd: string;
  readonly cache: string;
  readonly timeoutMs: number;
}

const event = z.looseObject({
  type: z.string(),
  cached: z.boolean().optional(),
  check: z.string().optional(),
  branch: z.string().optional(),
  exitCode: z.number().optional(),
  commits: z.array(z.unknown()).optional(),
});

/** Exit codes of a run that came to its end. */
const SETTLED: readonly (number | null)[] = [0, 1];

/** Throws where the run did not come to its end. */
export async function runStet(args: readonly string[], { cli, cwd, cache, timeoutMs }: StetOptions): Promise<StetRun> {
  const [command = "", ...rest] = args;
  const argv = [...cli, command, "--json", "--quiet", ...rest];
  const result = await measured({ argv, cwd, timeoutMs, env: { STET_CACHE_DIR: cache } });
  if (result.timedOut || !SETTLED.includes(result.code)) {
    const how = result.timedOut ? `was not through after ${Math.round(timeoutMs / 1_000)} s` : `ended with ${String(result.code)}`;
    throw new Error(`stet ${args.join(" ")} ${how}: ${(result.stderr || result.stdout).slice(-1_500)}`);
  }
  return read(result);
}

function read(result: Measured): StetRun {
  const events = result.stdout.split("\n").filter((line) => line !== "").map((line) => event.parse(JSON.parse(line)));
  const read = events.filter(({ type }) => type === "check-ended");
  const last = events.find(({ type }) => type === "run-ended");
  return {
    measured: result,
    checks: tally(read.filter(({ cached }) => !cached).map(({ check = "" }) => check)),
    kept: read.filter(({ cached }) => cached).length,
    events: tally(events.map(({ type }) => type)),
    branch: last?.branch,
    exitCode: last?.exitCode,
    commits: events.filter(({ type }) => type === "landed").reduce((sum, { commits = [] }) => sum + commits.length, 0),
  };
}

function tally(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));
}
