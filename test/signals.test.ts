/**
 * Promise 8: a signal ends a run within 8 s with the signal's exit code and nothing of it is left alive, whatever the
 * check does against it; and what `kill -9` leaves alive, the next run ends. The check here ignores every signal that can
 * be ignored, and has a grandchild in a session of its own.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Containment } from "../src/system/sandbox.ts";
import { ended, Sandbox } from "./support/cli.ts";
import { carrying } from "./support/victim.ts";

const LIMIT_MS = 8_000;
const START_LIMIT_MS = 120_000;

/** Sleeps with a number that no other process has on its command line. */
function stubborn(number: string): string {
  const deaf = "trap '' TERM INT HUP";
  return `test -e hang || exit 0; ${deaf}; setsid sh -c "${deaf}; sleep 6${number}1" & sleep 6${number}2; sleep 6${number}3`;
}

interface Hanging extends AsyncDisposable {
  readonly repository: Sandbox;
  readonly child: ReturnType<Sandbox["start"]>;
  readonly end: ReturnType<typeof ended>;
  /** Its processes, seen from outside. */
  alive(): number[];
}

/** A run whose check is hanging right now. */
async function hanging(sandbox: Containment): Promise<Hanging> {
  const number = `${process.pid}${Math.floor(performance.now())}`;
  const config = JSON.stringify({ checks: [{ name: "stubborn", run: ["sh", "check.sh"] }] });
  const repository = new Sandbox({ "stet.config.json": config, "check.sh": stubborn(number) }, { dependencies: false });
  const alive = (): number[] => carrying(`sleep\x006${number}1`, `sleep\x006${number}2`);
  const child = repository.start(["try", "--sandbox", sandbox, "--", "touch", "hang"]);
  const end = ended(child);
  const deadline = performance.now() + START_LIMIT_MS;
  while (alive().length < 2) {
    assert.ok(performance.now() < deadline && child.exitCode === null, `not hanging: ${child.exitCode}`);
    await wait(50);
  }
  const dispose = async (): Promise<void> => {
    child.kill("SIGKILL");
    await end;
    for (const pid of alive()) process.kill(pid, "SIGKILL");
    repository[Symbol.dispose]();
  };
  return { repository, child, end, alive, [Symbol.asyncDispose]: dispose };
}

/** The next run is as good as any. */
async function goesOn(repository: Sandbox, sandbox: Containment): Promise<void> {
  const next = await repository.stet(["try", "--sandbox", sandbox, "--", "sh", "-c", "echo new > new.txt"]);
  assert.equal(next.code, 0, next.stderr);
  assert.equal(repository.show("new.txt"), "new\n");
}

const CASES: readonly { signal: NodeJS.Signals; code: number; sandbox: Containment }[] = [
  { signal: "SIGTERM", code: 143, sandbox: "bwrap" },
  { signal: "SIGTERM", code: 143, sandbox: "unshare" },
  { signal: "SIGTERM", code: 143, sandbox: "none" },
  { signal: "SIGINT", code: 130, sandbox: "none" },
  { signal: "SIGHUP", code: 129, sandbox: "bwrap" },
];

for (const { signal, code, sandbox } of CASES) {
  test(`${signal} ends a run in ${sandbox} with ${code}, and nothing of it is left`, async () => {
    await using run = await hanging(sandbox);
    const sent = performance.now();
    run.child.kill(signal);
    const { code: exitCode, stderr } = await run.end;
    const tookMs = performance.now() - sent;
    assert.deepEqual(run.alive(), []);
    assert.equal(exitCode, code, stderr);
    assert.ok(tookMs <= LIMIT_MS, `took ${Math.round(tookMs)} ms`);
    const last = run.repository.ledger().at(-1);
    assert.deepEqual([last?.["kind"], last?.["status"], last?.["exitCode"]], ["ended", "interrupted", code]);
    assert.ok(existsSync(postmortem(run.repository)));
    assert.equal(run.repository.branches().size, 0);
    await goesOn(run.repository, sandbox);
  });
}

const LEVELS: readonly Containment[] = ["bwrap", "unshare", "none"];

for (const sandbox of LEVELS) {
  test(`what kill -9 leaves of a run in ${sandbox}, the next one ends and writes down`, async () => {
    await using run = await hanging(sandbox);
    run.child.kill("SIGKILL");
    await run.end;
    await goesOn(run.repository, sandbox);
    assert.deepEqual(run.alive(), []);
    const dead = run.repository.ledger().find((entry) => entry["kind"] === "ended");
    assert.deepEqual([dead?.["status"], dead?.["exitCode"]], ["interrupted", 137]);
    assert.ok(existsSync(postmortem(run.repository)));
  });
}

/** Of the first run. */
function postmortem(repository: Sandbox): string {
  return join(repository.root, ".stet/runs", String(repository.ledger()[0]?.["run"]), "postmortem.md");
}
