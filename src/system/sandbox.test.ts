import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { capabilitiesAt, containerFor, isAlive, project, type Project } from "../../test/support/container.ts";
import type { Command, Outcome } from "../domain/plugin.ts";
import { ContainmentFault, runContained, type Container, type Containment } from "./sandbox.ts";

const LEVELS: readonly Containment[] = ["bwrap", "unshare", "none"];

/** Runs the test once per level, in a project with one file. */
function everywhere(name: string, body: (container: Container, place: Project) => Promise<void>): void {
  for (const level of LEVELS) {
    test(`${level}: ${name}`, async () => {
      using place = project({ "sub/file.txt": "text\n" });
      await body(containerFor(place, await capabilitiesAt(level)), place);
      assert.deepEqual(readdirSync(place.scratch), [], "scratch is left empty");
    });
  }
}

function shell(container: Container, script: string, parts: Partial<Command> = {}): Promise<Outcome> {
  return runContained(container, { argv: ["sh", "-c", script], timeoutMs: 60_000, ...parts });
}

everywhere("gives exit code and both streams, in the command's folder", async (container) => {
  const outcome = await shell(container, "cat file.txt; echo error >&2; exit 3", { cwd: "sub" });
  assert.deepEqual(outcome.ended, { kind: "exited", code: 3 });
  assert.deepEqual([outcome.stdout, outcome.stderr], ["text\n", "error\n"]);
});

everywhere("tells missing programs, missing folders and signals from an exit code", async (container) => {
  const missing = await runContained(container, { argv: ["no-such-program"], timeoutMs: 60_000 });
  assert.equal(missing.ended.kind, "missing");
  assert.equal((await runContained(container, { argv: ["./sub/file.txt"], timeoutMs: 60_000 })).ended.kind, "missing");
  assert.equal((await shell(container, "true", { cwd: "nowhere" })).ended.kind, "missing");
  assert.deepEqual((await shell(container, "kill -SEGV $$")).ended, { kind: "signalled", signal: "SIGSEGV" });
  await assert.rejects(shell(container, "true", { cwd: "../project" }), RangeError);
});

everywhere("what is written belongs to the caller, and the program sees the caller's user", async (container, place) => {
  const report = join(place.scratch, "report");
  const { stdout } = await shell(container, `id -u; echo new > sub/made; echo out > "$REPORT"`, { env: { REPORT: report } });
  assert.equal(stdout.trim(), String(process.getuid?.()));
  for (const path of [join(place.root, "sub/made"), report]) assert.equal(lstatSync(path).uid, process.getuid?.());
  rmSync(report);
});

everywhere("the environment is made from nothing", async (container, place) => {
  process.env["STET_TEST_SECRET"] = "secret";
  process.env["STET_TEST_ALLOWED"] = "allowed";
  const env = { LD_LIBRARY_PATH: "/nowhere", OWN: "a b\n=c" };
  const names = `console.log(JSON.stringify(process.env))`;
  const argv = [process.execPath, "--eval", names];
  const passing = { ...container, passEnv: ["STET_TEST_ALLOWED"] };
  const { stdout } = await runContained(passing, { argv, env, timeoutMs: 60_000 });
  const { PATH, HOME, TMPDIR, STET_MARK, PWD, OLDPWD, SHLVL, _, ...rest } = JSON.parse(stdout) as Record<string, string>;
  assert.deepEqual(rest, {
    ...{ LANG: "C.UTF-8", TERM: "dumb", CI: "1", PYTHONDONTWRITEBYTECODE: "1" },
    ...{ STET_TEST_ALLOWED: "allowed", ...env },
  });
  assert.ok(STET_MARK && HOME && TMPDIR);
  assert.notEqual(HOME, process.env["HOME"]);
  assert.equal(PATH?.split(":")[0], join(place.root, "node_modules/.bin"));
});

everywhere("a project's own bwrap, mount or sh is never run around the container", async (container, place) => {
  const bin = join(place.root, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  for (const name of ["bwrap", "unshare", "mount", "ip", "sh", "env", "prlimit", "setpriv"]) {
    writeFileSync(join(bin, name), "#!/bin/false\n", { mode: 0o755 });
  }
  const { stdout } = await runContained(container, { argv: ["/bin/echo", "fine"], timeoutMs: 60_000 });
  assert.equal(stdout, "fine\n");
});

everywhere("nothing outlives the command, not even a daemon in a session of its own", async (container, place) => {
  const nap = `sleep 31${process.pid}.25`;
  const daemon = `(setsid sh -c 'echo up > daemon; ${nap} & ${nap}' &) ; while [ ! -e daemon ]; do sleep 0.05; done`;
  const outcome = await shell(container, daemon);
  assert.deepEqual(outcome.ended, { kind: "exited", code: 0 });
  assert.ok(existsSync(join(place.root, "daemon")), "the daemon did run");
  assert.equal(isAlive(nap), false);
});

everywhere("a timeout ends everything within 3 s, also what ignores being asked", async (container) => {
  const nap = `sleep 32${process.pid}.25`;
  const stubborn = `trap "" TERM; setsid ${nap} & ${nap}; ${nap}`;
  // What setting up and clearing away costs here, which on a busy machine may be seconds.
  const { durationMs: emptyMs } = await shell(container, "true");
  const outcome = await shell(container, stubborn, { timeoutMs: 500 });
  assert.deepEqual(outcome.ended, { kind: "timeout" });
  assert.ok(outcome.durationMs < 3_500 + emptyMs, `${outcome.durationMs} ms, of which for nothing ${emptyMs} ms`);
  assert.equal(isAlive(nap), false);
});

everywhere("an abort ends everything and is thrown", async (container, place) => {
  const nap = `sleep 33${process.pid}.25`;
  const controller = new AbortController();
  const running = shell(container, `setsid ${nap} & touch up; ${nap}`, { signal: controller.signal });
  const watch = setInterval(() => existsSync(join(place.root, "up")) && controller.abort(new Error("stop")), 20);
  await assert.rejects(running, /stop/);
  clearInterval(watch);
  assert.equal(isAlive(nap), false);
});

everywhere("limits are in force where they can be", async (container) => {
  const { stdout } = await shell(container, "cat /proc/self/limits");
  const { limits, unenforced } = container.capabilities;
  assert.equal(/Max file size +8589934592/.test(stdout), limits.length > 0);
  assert.equal(/Max processes +4096/.test(stdout), !unenforced.includes("process-count"));
});

everywhere("a container that cannot be built is a fault, never the program's own outcome", async (container, place) => {
  writeFileSync(join(place.base, "broken"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const programs = { ...container.capabilities.programs };
  for (const name of ["bwrap", "unshare", "sh"]) programs[name] = join(place.base, "broken");
  const broken = { ...container, capabilities: { ...container.capabilities, programs } };
  await assert.rejects(shell(broken, "true"), ContainmentFault);
});

test("what is not enforced is named", async () => {
  const codes = await Promise.all(LEVELS.map(async (level) => (await capabilitiesAt(level)).unenforced));
  const isRoot = process.getuid?.() === 0;
  assert.deepEqual(codes[0], isRoot ? ["process-count"] : []);
  assert.deepEqual(codes[1], isRoot ? ["filesystem", "process-count"] : ["filesystem"]);
  const nothing = ["filesystem", "network", "process-tree", "process-count", "dependencies-copied"];
  assert.deepEqual(codes[2], nothing);
});
