/**
 * Runs the tests with Node's own runner and ends with a line that counts them: `123 passed, 0 failed`. Paths or globs as
 * arguments run only those. A run without a single test is a failure, and so is a skipped test where `CI` is true: what
 * was not run says nothing. `STET_TEST_COUNT` names a file that gets the counts as JSON.
 *
 * Two things make it quick: what the tests start is what is shipped (`build.ts`; some start the sources all the same, see
 * `test/support/cli.ts`), and the longest files begin first, since whoever ends last decides.
 */
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { run } from "node:test";
import { dot, spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { buildDist } from "./build.ts";
import countTests, { type Count } from "./count-reporter.ts";

const ALL = ["src/**/*.test.ts", "test/**/*.test.ts"];
/** For one file; the slowest tests kill stet at hundreds of instants, and a busy machine takes thrice as long. A hanging file must end some time. */
const TEST_TIMEOUT_MS = 1_800_000;
/** Files at once, on two cores: every third moment a test waits for something. */
const CONCURRENCY = 3;

/** Those that take longest, by processor time, longest first. One that is missing here costs seconds, and nothing else. */
const FIRST = [
  "test/instants.test.ts",
  "test/kill.test.ts",
  "src/validators/contract.test.ts",
  "test/faults.test.ts",
];

const root = fileURLToPath(new URL("..", import.meta.url));

function filesOf(patterns: readonly string[]): string[] {
  const found = new Set(globSync([...patterns], { cwd: root }).map((path) => relative(root, resolve(root, path))));
  const first = FIRST.filter((path) => found.delete(path));
  return [...first, ...[...found].sort()].map((path) => join(root, path));
}

async function runTests(files: readonly string[]): Promise<Count> {
  const events = run({ files, cwd: root, concurrency: CONCURRENCY, timeout: TEST_TIMEOUT_MS });
  const readable = process.stdout.isTTY ? events.pipe(new spec()) : events.compose(dot);
  readable.pipe(process.stdout, { end: false });
  const [counted] = await Promise.all([text(events.compose(countTests)), finished(readable)]);
  return readCount(counted);
}

/** No counts where the runner itself fell over: nothing is known to have passed. */
function readCount(counted: string): Count {
  const value: unknown = counted === "" ? undefined : JSON.parse(counted);
  return isCount(value) ? value : { passed: 0, failed: 0, skipped: 0, slowest: [] };
}

function isCount(value: unknown): value is Count {
  return typeof value === "object" && value !== null && ["passed", "failed", "skipped", "slowest"].every((name) => name in value);
}

/** Why a run whose tests did not fail is no success all the same. */
function objection({ passed, failed, skipped }: Count): string | undefined {
  if (passed + failed === 0) return "No test was run.";
  if (skipped > 0 && process.env["CI"] === "true") return "Skipped tests say nothing, and CI is true.";
  return undefined;
}

const folder = mkdtempSync(join(tmpdir(), "stet-suite-"));
try {
  const paths = process.argv.slice(2);
  process.env["STET_TEST_CLI"] = await buildDist(root);
  // See test/support/shelf.ts.
  process.env["STET_TEST_SHELF"] = mkdtempSync(join(folder, "shelf-"));
  // What Node compiled is kept for all the processes that the tests start.
  process.env["NODE_COMPILE_CACHE"] = join(folder, "compiled");
  const count = await runTests(filesOf(paths.length > 0 ? paths : ALL));
  const countFile = process.env["STET_TEST_COUNT"];
  if (countFile !== undefined) writeFileSync(countFile, JSON.stringify(count));
  const fault = objection(count);
  if (fault !== undefined) process.stdout.write(`\n${fault}`);
  const slowest = count.slowest.map(([file, seconds]) => `${relative(root, file)} ${seconds} s`);
  process.stdout.write(`\nSlowest: ${slowest.join(", ")}\n`);
  const skipped = count.skipped > 0 ? `${count.skipped} skipped\n` : "";
  process.stdout.write(`\n${skipped}${count.passed} passed, ${count.failed} failed\n`);
  process.exitCode = count.failed > 0 || fault !== undefined ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
