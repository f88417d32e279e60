import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { isAlive } from "../../test/support/container.ts";
import { run, runBytes } from "./process.ts";

const node = (script: string): { argv: string[]; cwd: string; env: Record<string, string>; timeoutMs: number } => ({
  argv: [process.execPath, "--eval", script],
  cwd: "/",
  env: {},
  timeoutMs: 60_000,
});

test("gives exit code, both streams and nothing of the caller's environment", async () => {
  const outcome = await run(node("console.log(Object.keys(process.env).length); console.error('e'); process.exit(3)"));
  assert.deepEqual(outcome.ended, { kind: "exited", code: 3 });
  assert.deepEqual([outcome.stdout, outcome.stderr, outcome.truncated], ["0\n", "e\n", false]);
});

test("tells a missing program, a signal and a timeout apart", async () => {
  const missing = await run({ ...node(""), argv: ["/no/such/program"] });
  assert.deepEqual(missing.ended, { kind: "missing" });
  const signalled = await run(node("process.kill(process.pid, 'SIGSEGV')"));
  assert.deepEqual(signalled.ended, { kind: "signalled", signal: "SIGSEGV" });
  const late = await run({ ...node("process.on('SIGTERM', () => 0); setInterval(() => 0, 1000)"), timeoutMs: 500 });
  assert.deepEqual(late.ended, { kind: "timeout" });
});

test("passes input on, and bears a program that does not read it", async () => {
  const echo = await run({ ...node("process.stdin.pipe(process.stdout)"), stdin: "in\r\n" });
  assert.equal(echo.stdout, "in\r\n");
  const deaf = await run({ ...node("0"), stdin: "x".repeat(1_000_000) });
  assert.deepEqual(deaf.ended, { kind: "exited", code: 0 });
});

test("cuts output at its cap, and ends a program that writes without end", async () => {
  const cut = await run({ ...node("process.stdout.write('x'.repeat(100))"), maxOutputBytes: 10 });
  assert.deepEqual([cut.stdout, cut.truncated], ["x".repeat(10), true]);
  const endless = await run({
    ...node("for (;;) require('fs').writeSync(1, 'x'.repeat(65536))"),
    maxOutputBytes: 1024,
  });
  assert.equal(endless.ended.kind, "signalled");
});

test("an abort ends the program and is thrown", async () => {
  const controller = new AbortController();
  const running = run({ ...node("setInterval(() => 0, 1000)"), signal: controller.signal });
  await setTimeout(200);
  controller.abort(new Error("stop"));
  await assert.rejects(running, /stop/);
});

test("an abort before the program has started ends it too", { timeout: 60_000 }, async () => {
  const controller = new AbortController();
  const running = run({ ...node("setInterval(() => 0, 1000)"), signal: controller.signal });
  controller.abort(new Error("stop"));
  await assert.rejects(running, /stop/);
});

test("does not wait for a grandchild that holds the streams, and ends it", async () => {
  const nap = `30${process.pid}.5`;
  const script = `require('child_process').spawn('sleep', ['${nap}'], { stdio: 'inherit' });
    setTimeout(() => process.exit(), 300)`;
  const outcome = await run({ ...node(script), env: { PATH: "/usr/bin:/bin" } });
  assert.deepEqual(outcome.ended, { kind: "exited", code: 0 });
  // It would sleep for hours; that it has been ended shows a moment after.
  for (let tries = 0; tries < 600 && isAlive(`sleep ${nap}`); tries++) await setTimeout(50);
  assert.equal(isAlive(`sleep ${nap}`), false);
});

test("a note is neither output nor error, and only there when asked for", async () => {
  const script = "require('fs').writeSync(3, 'note')";
  const { outcome, note } = await runBytes({ ...node(script), note: true });
  assert.deepEqual([outcome.stdout, outcome.stderr, note], ["", "", "note"]);
  const without = await run(node("require('fs').fstatSync(3).isFile() && process.exit(9)"));
  assert.notDeepEqual(without.ended, { kind: "exited", code: 9 });
});
