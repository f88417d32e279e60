/** Programs that read stet: with --json stdout is nothing but NDJSON, also where something is wrong. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "./support/cli.ts";
import { events, GREEN } from "./support/told.ts";
import { packageRoot } from "./support/workspace.ts";

const FILES = { "stet.config.json": GREEN, "a.txt": "1\n" };
const CHANGE = ["--", "sh", "-c", "echo 2 > a.txt"];

test("every command speaks NDJSON", async () => {
  using sandbox = new Sandbox(FILES);
  const types = async (...argv: string[]): Promise<unknown[]> => events(await sandbox.stet(argv)).map(({ type }) => type);
  const tried = await sandbox.stet(["try", "--json", ...CHANGE]);
  assert.equal(tried.stderr, "", "progress is in the events");
  assert.deepEqual(
    [...new Set(events(tried).map(({ type }) => type))].filter((type) => type !== "notice"),
    ["run-started", "check-started", "check-ended", "trying", "verdict", "landed", "run-ended"],
  );
  assert.partialDeepStrictEqual(events(tried).at(-1), { type: "run-ended", status: "finished", exitCode: 0, reasons: [] });
  assert.ok(events(tried).every(({ at }) => typeof at === "string" && !Number.isNaN(Date.parse(at))), "each with its time");
  assert.equal((await types("repair", "--json")).at(-1), "run-ended");
  assert.deepEqual(await types("runs", "--json"), ["run", "run"]);
  assert.deepEqual(await types("report", "--json"), ["run"]);
  assert.deepEqual([...new Set(await types("doctor", "--json"))], ["diagnosis"]);
  const [{ run } = {}] = events(await sandbox.stet(["runs", "--json"]));
  assert.deepEqual(await types("undo", "--json", String(run)), ["undone"]);
  const init = await sandbox.stet(["init", "--json"]);
  assert.deepEqual([init.code, events(init).map(({ type, code }) => [type, code])], [73, [["error", "config-exists"]]]);
});

test("an error is an event on stdout and a sentence on stderr", async () => {
  using sandbox = new Sandbox(FILES);
  const cases: [string[], number, string][] = [
    [["repair", "--json", "--deadline", "x"], 64, "usage"],
    [["repair", "--json", "nope"], 66, "path-missing"],
    [["try", "--json", "--", "no-such-tool"], 78, "tool-failed"],
    [["runs", "--json", "--cwd", "nope"], 66, "no-such-folder"],
    [["report", "--json", "nope"], 66, "unknown-run"],
    [["undo", "nope", "--json"], 66, "unknown-run"],
    [["doctor", "--json", "--base", "nope"], 66, "unknown-revision"],
  ];
  for (const [argv, exitCode, code] of cases) {
    const run = await sandbox.stet(argv);
    assert.equal(run.code, exitCode, run.stderr);
    const last = events(run).at(-1);
    assert.partialDeepStrictEqual(last, { type: "error", code, exitCode });
    assert.equal(run.stderr.split("\n")[0], `stet: ${String(last?.["text"])}`);
  }
  const tools = await sandbox.stet(["try", "--nope", "--", "tool", "--json"]);
  assert.equal(tools.stdout, "", "the tool's own --json is not stet's");
});

test("--quiet leaves stderr empty where all is well", async () => {
  using sandbox = new Sandbox(FILES);
  for (const argv of [["try", ...CHANGE], ["repair"], ["runs"], ["report"], ["doctor"], ["doctor", "--json"]]) {
    const [name = "", ...rest] = argv;
    const run = await sandbox.stet([name, "--quiet", ...rest]);
    assert.deepEqual([run.code, run.stderr], [0, ""], name);
    assert.notEqual(run.stdout, "");
  }
});

/** More runs than a pipe takes at once. */
function longLedger(sandbox: Sandbox): void {
  const state = join(sandbox.root, ".stet");
  const start = { at: "2025-01-01T00:00:00.000Z", kind: "run", command: "repair", work: "w", base: "b".repeat(40), branch: "refs/heads/stet/x" };
  const line = (index: number): string => JSON.stringify({ ...start, run: `r${index}`, dryRun: false, containment: "bwrap", unenforced: [] });
  mkdirSync(state);
  writeFileSync(join(state, "ledger.jsonl"), [...Array(2_000).keys()].map((index) => `\n${line(index)}\n`).join(""));
}

test("a reader that goes away early is no fault; a disk that takes nothing is: 74", () => {
  using sandbox = new Sandbox(FILES);
  longLedger(sandbox);
  const options = { cwd: sandbox.root, env: sandbox.environment(), encoding: "utf8" } as const;
  const command = `"${process.execPath}" "${join(packageRoot, "src/cli.ts")}" runs --json`;
  const piped = spawnSync("sh", ["-c", `{ ${command}; echo "ended with $?" >&2; } | head -n 1`], options);
  assert.equal(piped.stderr, "ended with 0\n");
  assert.equal(events({ code: 0, ...piped }).length, 1);
  if (existsSync("/dev/full")) {
    const full = spawnSync("sh", ["-c", `${command} > /dev/full`], options);
    assert.deepEqual([full.status, full.stderr], [74, "stet: The disk is full: stdout.\n"]);
  }
  const all = execFileSync("sh", ["-c", `${command} | wc -l`], options);
  assert.equal(all.trim(), "2000");
});
