/** What all scenarios share: where they work, how stet is started, the time that is left, and the lines they measure. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Line } from "../measured.ts";
import { checkOut, dropCheckout, makeRepository } from "./repository.ts";
import { wholeCheck, type CheckName, type CheckReading } from "./checks.ts";
import { median } from "./statistics.ts";

export interface BenchOptions {
  /** A temporary folder that holds everything. */
  readonly folder: string;
  readonly modules: string;
  /** How stet is started: `node dist/cli.js`. */
  readonly cli: readonly string[];
  /** In milliseconds of `performance.now()`; nothing is begun after it. */
  readonly endAtMs: number;
  /** How often a thing is measured that is quick enough for it. */
  readonly repeats: number;
  /** Runs the reference loop to its end, however long that takes. */
  readonly wholeReference: boolean;
  readonly tell: (text: string) => void;
}

/** Nothing is measured again that has taken longer already: a bench has to end. */
const REPEAT_BELOW_SECONDS = 8;
const MAX_RUN_MS = 420_000;

/** One whole check of a project that nothing was done to, median over its repeats. */
export interface Cold {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly repeats: number;
  /** What the last of them read, in the order of the checks. */
  readonly readings: readonly CheckReading[];
}

export class Bench {
  readonly options: BenchOptions;
  readonly lines: Line[] = [];
  readonly notes: string[] = [];
  #folders = 0;

  constructor(options: BenchOptions) {
    this.options = options;
  }

  record(line: Line): void {
    this.lines.push(line);
    const landed = line.landed === undefined ? "" : `, ${line.landed} of ${line.offered ?? 0} landed`;
    this.options.tell(`  ${line.what}: ${line.seconds.toFixed(2)} s${landed}`);
  }

  note(text: string): void {
    this.notes.push(text);
    this.options.tell(`  ${text}`);
  }

  /** A path that nothing has yet. */
  newPath(name: string): string {
    mkdirSync(this.options.folder, { recursive: true });
    return join(this.options.folder, `${++this.#folders}-${name}`);
  }

  /** For one program; never beyond the bench's own end. */
  timeoutMs(): number {
    return Math.max(1_000, Math.min(MAX_RUN_MS, this.options.endAtMs - performance.now()));
  }

  isTimeUp(): boolean {
    return performance.now() >= this.options.endAtMs;
  }

  async repository(name: string, files: ReadonlyMap<string, string>): Promise<string> {
    const root = this.newPath(name);
    await makeRepository(root, files, this.options.modules);
    return root;
  }

  /** Does the work in a worktree of its own for the commit. */
  async inCheckout<T>(root: string, commit: string, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = this.newPath("checkout");
    await checkOut(root, commit, folder, this.options.modules);
    try {
      return await work(folder);
    } finally {
      await dropCheckout(root, folder);
    }
  }

  /** Measures again while it is quick, or until it was done `atLeast` so often. Gives every result, the first one first. */
  async repeated<T>(secondsOf: (result: T) => number, work: () => Promise<T>, atLeast = 1): Promise<[T, ...T[]]> {
    const results: [T, ...T[]] = [await work()];
    const isQuick = (): boolean => results.reduce((sum, result) => sum + secondsOf(result), 0) < REPEAT_BELOW_SECONDS;
    const isWanted = (): boolean => results.length < atLeast || (isQuick() && results.length < this.options.repeats);
    while (isWanted() && !this.isTimeUp()) results.push(await work());
    return results;
  }

  async cold(root: string, checks: readonly CheckName[]): Promise<Cold> {
    const total = (readings: readonly CheckReading[]): number => readings.reduce((sum, { seconds }) => sum + seconds, 0);
    const runs = await this.repeated(total, () => wholeCheck(checks, root));
    const peaks = runs.map((readings) => Math.max(...readings.map(({ peakBytes }) => peakBytes)));
    return { seconds: median(runs.map(total)), peakBytes: median(peaks), repeats: runs.length, readings: runs.at(-1) ?? runs[0] };
  }
}
