/**
 * When what stet leans on fails: git dies before, amid or after its work, orphaned or not, and any process of a run is
 * ended at a step of its own. stet says so and ends; nothing lands that should not; the next run does what was asked.
 *
 * git is put in the hands of a script on the PATH that counts its calls and lets one of them go wrong.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { inLanes, TWO_FILES, undisturbed, Victim } from "./support/victim.ts";
import { temporaryFolder } from "./support/workspace.ts";

const GIT = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();

/**
 * `before`: git dies at once. `after`: it has done its work and dies. `amid`: it dies when it has taken its first lock or
 * written its first object, which it then leaves behind. `orphan`: stet dies, and git does its work half a second later,
 * when the next run may be at work.
 */
const SCRIPT = `#!/bin/sh
echo "$$ $*" >> "$FAULT_CALLS"
line=$(grep -n -m1 "^$$ " "$FAULT_CALLS")
[ "\${line%%:*}" = "$FAULT_CALL" ] || exec "${GIT}" "$@"
case "$FAULT_HOW" in
  before) kill -9 $$ ;;
  after) "${GIT}" "$@"; kill -9 $$ ;;
  amid) exec strace -qq -o /dev/null -e trace=rename,link -e signal=none -e inject=rename,link:signal=SIGKILL:when=1 "${GIT}" "$@" ;;
  orphan) kill -9 "$PPID"; sleep 0.5; exec "${GIT}" "$@" ;;
esac
`;

const tools = temporaryFolder({ git: SCRIPT });
chmodSync(join(tools.root, "git"), 0o755);
after(() => tools[Symbol.dispose]());

interface Fault {
  readonly command: string;
  /** Counts from 1, over all calls of git. */
  readonly call: number;
  readonly how: "before" | "after" | "amid" | "orphan";
}

function faulty(folder: string, fault?: Fault): Record<string, string> {
  const env = { PATH: `${tools.root}:${process.env["PATH"] ?? ""}`, FAULT_CALLS: join(folder, "calls") };
  return fault ? { ...env, FAULT_CALL: String(fault.call), FAULT_HOW: fault.how } : env;
}

/** The commands of git that a run calls, in order. */
async function callsOfGit(): Promise<string[]> {
  using folder = temporaryFolder();
  using victim = new Victim(TWO_FILES);
  await victim.die([], undefined, faulty(folder.root));
  const lines = readFileSync(join(folder.root, "calls"), "utf8").trim().split("\n");
  return lines.map((line) => /^\d+ (?:-c \S+ )*(\S+)/.exec(line)?.[1] ?? "");
}

/** What writes: it can leave a lock, or half of what it was to write. */
const LEAVES_LOCKS = ["init", "read-tree", "add", "unpack-objects", "write-tree", "update-ref"];
const OUTLIVES = ["read-tree", "add", "unpack-objects", "update-ref"];

/** Every call of a command that writes, in each way that matters to it; of those that only read, the last call. */
function faultsOf(commands: readonly string[]): Fault[] {
  return commands.flatMap((command, index) => {
    const writes = LEAVES_LOCKS.includes(command);
    if (!writes && commands.lastIndexOf(command) !== index) return [];
    const ways: Fault["how"][] = [
      ...(writes ? (["amid", "after"] as const) : []),
      ...(OUTLIVES.includes(command) ? (["orphan"] as const) : []),
      ...(writes && command !== "update-ref" ? [] : (["before"] as const)),
    ];
    return ways.map((how) => ({ command, call: index + 1, how }));
  });
}

test("a git that dies is told of, nothing lands that should not, and the next run goes on", async (context) => {
  const [expected, commands] = await Promise.all([undisturbed(TWO_FILES), callsOfGit()]);
  const faults = faultsOf(commands);
  context.diagnostic(`${faults.length} faults among ${commands.length} calls of git`);
  assert.ok(faults.length >= 25, `only ${faults.length} faults among ${commands.length} calls`);
  await inLanes(2, faults, async (fault) => {
    using folder = temporaryFolder();
    using victim = new Victim(TWO_FILES);
    const errors = join(folder.root, "errors");
    const { code, signal } = await victim.die(["sh", "-c", 'exec "$@" 2>"$0"', errors], undefined, faulty(folder.root, fault));
    await victim.assertUnharmed();
    if (fault.how === "orphan") assert.equal(signal, "SIGKILL");
    else if (code !== expected.code) {
      assert.equal(code, 70);
      assert.match(readFileSync(errors, "utf8"), /^stet: git .* was ended before it was done/m);
    }
    await victim.assertRecovers(expected, { thrice: fault.command === "update-ref" });
  });
});

const ANYONE = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none"];

test("whoever of a run's processes is ended at a step of its own, the next run goes on", async () => {
  const expected = await undisturbed(TWO_FILES);
  const steps = ["rename:2", "unlink:1", "openat:40", "write:3", "execve:1", "dup2:2", "exit_group:1"];
  await inLanes(2, steps, async (step) => {
    const [syscall = "", when = ""] = step.split(":");
    using victim = new Victim(TWO_FILES);
    await victim.die([...ANYONE, "-e", `trace=${syscall}`, "-e", `inject=${syscall}:signal=SIGKILL:when=${when}`]);
    await victim.assertUnharmed();
    await victim.assertRecovers(expected, { thrice: false });
  });
});

