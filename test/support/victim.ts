/**
 * A repository whose runs are killed, and what must hold then: right after the kill, and when the next run has come to
 * its end. Every check reads git and the files as any other program would.
 */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { foldRuns } from "../../src/ledger/fold.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { systemClock } from "../../src/system/clock.ts";
import { CLI, fingerprint, Sandbox, type Run } from "./cli.ts";

const execute = promisify(execFile);

/** What an undisturbed run leaves. */
export interface Outcome {
  readonly code: number | null;
  /** The tree that stet's branch has, and its commits' proposals. */
  readonly tree: string;
  readonly proposals: readonly string[];
}

export interface Fate {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface VictimOptions {
  readonly files: Record<string, string>;
  /** stet's arguments, the same in every run. */
  readonly args: readonly string[];
  readonly dependencies?: boolean;
}

export class Victim extends Sandbox {
  readonly args: readonly string[];
  readonly #before: string;
  #kills = 0;

  constructor({ files, args, dependencies = false }: VictimOptions) {
    super(files, { dependencies });
    this.args = args;
    this.#before = fingerprint(this.root);
  }

  run(): Promise<Run> {
    return this.stet(this.args);
  }

  /** Starts a run in the hands of another program, such as strace; `kill` may end it by itself. */
  async die(wrapper: readonly string[], kill?: (pid: number) => void, env: Record<string, string> = {}): Promise<Fate> {
    const [program = "", ...rest] = [...wrapper, process.execPath, CLI, ...this.args];
    const child = spawn(program, rest, { cwd: this.root, env: this.environment(env), stdio: "ignore" });
    this.#kills++;
    if (child.pid !== undefined) kill?.(child.pid);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      // Not `close`: a program that outlived the run may hold its output.
      child.on("exit", (code, signal) => resolve({ code, signal }));
    });
  }

  /** Right after a kill: nothing of the user's has changed, git is sound, and the ledger can be read. */
  async assertUnharmed(): Promise<void> {
    assert.equal(fingerprint(this.root), this.#before, "the checkout");
    await this.#git("fsck", "--no-dangling", "--connectivity-only");
    const torn = this.#ledgerText().split("\n").filter((line) => line !== "" && !isJson(line));
    assert.ok(torn.length <= this.#kills, `${torn.length} torn lines after ${this.#kills} kills`);
  }

  /** What stet's branches hold now. Throws where there is more than one, or where git and the ledger do not agree. */
  async outcome(code: number | null): Promise<Outcome> {
    await this.assertUnharmed();
    assert.deepEqual(await this.#leftovers(), [], "left behind");
    const branches = [...this.branches().keys()];
    assert.ok(branches.length <= 1, `branches: ${branches.join(", ")}`);
    const branch = branches[0] ?? "main";
    const listed = await this.#git("log", "--format=%H %(trailers:key=Stet-Proposal,valueonly,separator=%x2C)", `main..${branch}`);
    const commits = listed.split("\n").filter((line) => line !== "").map((line) => line.split(" "));
    assert.deepEqual(await this.#recorded(), commits.map(([id = ""]) => id).sort(), "the ledger's commits are git's");
    const proposals = commits.map(([, proposal = ""]) => proposal).sort();
    assert.equal(new Set(proposals).size, proposals.length, "a proposal landed twice");
    return { code, tree: await this.#git("rev-parse", `${branch}^{tree}`), proposals };
  }

  /** Kills a run after `delayMs`, as long as it has not ended by itself. */
  dieAfter(delayMs: number): Promise<Fate> {
    return this.die([], (pid) => {
      const timer = setTimeout(() => killOne(pid), delayMs);
      timer.unref();
    });
  }

  /** The next run comes to the same end as one that nobody disturbed; one more adds nothing. */
  async assertRecovers(expected: Outcome, { thrice = true } = {}): Promise<void> {
    const next = await this.run();
    assert.deepEqual(await this.outcome(next.code), expected, next.stderr);
    if (!thrice) return;
    const tips = this.branches();
    const third = await this.run();
    assert.deepEqual([third.code, this.branches()], [expected.code, tips], third.stderr);
  }

  /** Commits that the ledger says have landed. */
  async #recorded(): Promise<string[]> {
    const runs = await foldRuns(new Ledger(join(this.root, ".stet/ledger.jsonl"), systemClock).read());
    for (const { start, ended, open } of runs.values()) assert.ok(ended && !open, `run ${start.run} was not closed`);
    return [...runs.values()].flatMap(({ commits }) => commits.map(({ commit }) => commit)).sort();
  }

  /** Processes of any run of this repository, and temporary files. */
  async #leftovers(): Promise<string[]> {
    const runs = await foldRuns(new Ledger(join(this.root, ".stet/ledger.jsonl"), systemClock).read());
    const alive = carrying(...[...runs.keys()].map((run) => `STET_MARK=${run}.`)).map((pid) => `process ${pid}`);
    return [...alive, ...readdirSync(join(this.cache, "temporary"))];
  }

  #ledgerText(): string {
    try {
      return readFileSync(join(this.root, ".stet/ledger.jsonl"), "utf8");
    } catch {
      return "";
    }
  }

  async #git(...args: readonly string[]): Promise<string> {
    return (await execute("git", args, { cwd: this.root })).stdout.trim();
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Processes that have one of the texts in their environment or command line. */
export function carrying(...texts: readonly string[]): number[] {
  const pids = readdirSync("/proc").map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  return pids.filter((pid) => {
    const said = readProcess(pid, "environ") + readProcess(pid, "cmdline");
    return texts.some((text) => said.includes(text));
  });
}

function readProcess(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch {
    return "";
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Works through `items` in a number of lanes; the error of the first that fails names it. */
export async function inLanes<T>(lanes: number, items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      await work(item, index).catch((error: unknown) => {
        throw new Error(`at ${JSON.stringify(item)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** A change of these files, each in its only line, by a shell; a line with `bad` breaks the only check. */
function change(lines: Readonly<Record<string, string>>): VictimOptions {
  const names = Object.keys(lines);
  const checks = [{ name: "words", run: ["sh", "-c", "sleep 0.02; ! grep -qs bad *.txt"] }];
  const script = names.map((name) => `echo ${lines[name]} > ${name}.txt`).join("; ");
  return {
    files: { "stet.config.json": JSON.stringify({ checks }), ...Object.fromEntries(names.map((name) => [`${name}.txt`, `${name} one\n`])) },
    args: ["try", "--sandbox", "none", "--", "sh", "-c", script],
  };
}

/** One of three breaks the check: a search and a landing. */
export const THREE_FILES = change({ a: "two", b: "two", c: "bad" });

/** Nothing is bad: every step of a landing is in it, and of the same steps before it as few as can be. */
export const TWO_FILES = change({ a: "two", b: "two" });

/** What an undisturbed run of these leaves. */
export async function undisturbed(options: VictimOptions): Promise<Outcome> {
  using victim = new Victim(options);
  const { code, stderr } = await victim.run();
  assert.ok(code === 0 || code === 1, stderr);
  return await victim.outcome(code); // awaited before the victim is gone
}
