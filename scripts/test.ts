/**
 * Runs the tests with Node's own runner and ends with a line that counts them: `123 passed, 0 failed`. Paths or globs as
 * arguments run only those. A run without a single test is a failure, and so is a skipped test where `CI` is true: what
 * was not run says nothing. `STET_TEST_COUNT` names a file that gets the counts as JSON.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Count } from "./count-reporter.ts";

const ALL = ["src/**/*.test.ts", "test/**/*.test.ts"];
/** For one file; the slowest tests kill stet at hundreds of instants. A hanging file must end some time. */
const TEST_TIMEOUT_MS = 900_000;
/** Files at once, on two cores: every third moment a test waits for something. */
const CONCURRENCY = 3;

const root = fileURLToPath(new URL("..", import.meta.url));

/** `cache`: where Node keeps what it compiled, for all the processes that the tests start. */
function runTests(paths: readonly string[], countFile: string, cache: string): number {
  const readable = process.stdout.isTTY ? "spec" : "dot";
  const counter = new URL("./count-reporter.ts", import.meta.url).href;
  const child = spawnSync(
    process.execPath,
    [
      "--test",
      `--test-concurrency=${CONCURRENCY}`,
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      `--test-reporter=${readable}`,
      "--test-reporter-destination=stdout",
      `--test-reporter=${counter}`,
      `--test-reporter-destination=${countFile}`,
      ...paths,
    ],
    { cwd: root, stdio: "inherit", env: { ...process.env, NODE_COMPILE_CACHE: cache } },
  );
  return child.status ?? 1;
}

/** No counts where the runner itself fell over: nothing is known to have passed. */
function readCount(file: string): Count {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (isCount(value)) return value;
  } catch {
    // Told by the exit code and by the count of zero.
  }
  return { passed: 0, failed: 0, skipped: 0 };
}

function isCount(value: unknown): value is Count {
  return typeof value === "object" && value !== null && "passed" in value && "failed" in value && "skipped" in value;
}

/** Why a run whose tests did not fail is no success all the same. */
function objection({ passed, failed, skipped }: Count): string | undefined {
  if (passed + failed === 0) return "No test was run.";
  if (skipped > 0 && process.env["CI"] === "true") return "Skipped tests say nothing, and CI is true.";
  return undefined;
}

const folder = mkdtempSync(join(tmpdir(), "stet-count-"));
try {
  const countFile = process.env["STET_TEST_COUNT"] ?? join(folder, "count.json");
  rmSync(countFile, { force: true });
  const paths = process.argv.slice(2);
  const code = runTests(paths.length > 0 ? paths : ALL, countFile, join(folder, "compiled"));
  const count = readCount(countFile);
  const fault = objection(count);
  if (fault !== undefined) process.stdout.write(`\n${fault}`);
  const skipped = count.skipped > 0 ? `${count.skipped} skipped\n` : "";
  process.stdout.write(`\n${skipped}${count.passed} passed, ${count.failed} failed\n`);
  process.exitCode = code !== 0 || fault !== undefined ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
