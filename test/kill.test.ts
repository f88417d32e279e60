/**
 * Promise 2, at every step: strace ends stet right before the n-th write, rename, fsync, unlink, rmdir or mkdir, or the
 * n-th start of another program. The main thread is traced alone; then the thread that Node does asynchronous file work
 * on, made a single one so that its steps come in one order. A run has some 500 steps, most of them of a kind (temporary
 * files made and removed): of each kind at most as many as `most` says are taken, evenly spread.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inLanes, TWO_FILES, undisturbed, Victim } from "./support/victim.ts";
import { temporaryFolder } from "./support/workspace.ts";

const STRACE = ["strace", "-qq"];
/** Follows threads, but lets go of other programs as they start. */
const WITH_THREADS = [...STRACE, "-f", "-b", "execve"];
const ONE_THREAD = { UV_THREADPOOL_SIZE: "1" };

interface Kind {
  readonly thread: "main" | "pool";
  readonly syscall: string;
  readonly most: number;
}

interface Step extends Kind {
  /** Counts from 1. */
  readonly n: number;
}

const KINDS: readonly Kind[] = [
  { thread: "main", syscall: "clone", most: 24 },
  { thread: "main", syscall: "fsync", most: 10 },
  { thread: "main", syscall: "write", most: 12 },
  { thread: "main", syscall: "mkdir", most: 4 },
  { thread: "main", syscall: "unlink", most: 2 },
  { thread: "main", syscall: "pwrite64", most: 2 },
  { thread: "pool", syscall: "rename", most: 10 },
  { thread: "pool", syscall: "pwrite64", most: 6 },
  { thread: "pool", syscall: "fsync", most: 4 },
  { thread: "pool", syscall: "unlink", most: 7 },
  { thread: "pool", syscall: "rmdir", most: 9 },
  { thread: "pool", syscall: "mkdir", most: 6 },
  { thread: "pool", syscall: "ftruncate", most: 2 },
];

/** How often each thread makes each call in an undisturbed run. */
async function countCalls(): Promise<(kind: Kind) => number> {
  using folder = temporaryFolder();
  using victim = new Victim(TWO_FILES);
  const output = join(folder.root, "calls");
  const syscalls = [...new Set(KINDS.map(({ syscall }) => syscall))].join(",");
  await victim.die([...WITH_THREADS, "-o", output, "-e", `trace=${syscalls}`], undefined, ONE_THREAD);
  const calls = readFileSync(output, "utf8").split("\n").flatMap((line) => {
    const [, thread = "", syscall = ""] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    return thread === "" ? [] : [{ thread, syscall }];
  });
  const main = calls[0]?.thread;
  const pool = calls.find(({ syscall }) => syscall === "rename")?.thread;
  assert.ok(main !== undefined && pool !== undefined && main !== pool);
  return (kind) => calls.filter(({ thread, syscall }) => thread === (kind.thread === "main" ? main : pool) && syscall === kind.syscall).length;
}

function stepsOf(kind: Kind, count: number): Step[] {
  const taken = Math.min(count, kind.most);
  return Array.from({ length: taken }, (_, index) => ({ ...kind, n: 1 + Math.floor((index * count) / taken) }));
}

function injection({ thread, syscall, n }: Step): string[] {
  const tracer = thread === "main" ? STRACE : WITH_THREADS;
  const inject = `inject=${syscall}:signal=SIGKILL:when=${n}`;
  return [...tracer, "-o", "/dev/null", "-e", `trace=${syscall}`, "-e", "signal=none", "-e", inject];
}

test("killed at any step, stet has harmed nothing, and the next run lands each change once", async (context) => {
  const [expected, count] = await Promise.all([undisturbed(TWO_FILES), countCalls()]);
  const steps = KINDS.flatMap((kind) => stepsOf(kind, count(kind)));
  context.diagnostic(`${steps.length} of ${KINDS.reduce((sum, kind) => sum + count(kind), 0)} steps`);
  assert.ok(steps.length >= 80, `only ${steps.length} steps`);
  let killed = 0;
  await inLanes(2, steps, async (step, index) => {
    using victim = new Victim(TWO_FILES);
    const { signal } = await victim.die(injection(step), undefined, ONE_THREAD);
    if (signal === "SIGKILL") killed++;
    await victim.assertUnharmed();
    await victim.assertRecovers(expected, { thrice: index % 4 === 0 });
  });
  // Which thread comes first to its n-th call differs a little from run to run; the last ones may not be reached.
  assert.ok(killed >= steps.length * 0.9, `${killed} of ${steps.length} kills`);
});
