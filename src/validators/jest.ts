/**
 * Jest, read for its inventory through its own JSON report. Runs once, without coverage, in CI mode, so that no
 * snapshot is ever written.
 */
import type { Validator } from "../domain/plugin.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { parseJestReport } from "./shared/jest-report.ts";
import { insertAfter, readRunner, runnerOptions, type Runner } from "./shared/runner.ts";
import { detectRunner } from "./shared/test-script.ts";

/** Options that watch, rewrite, hide tests, or would stand in the report's way. */
const DROPPED: Readonly<Record<string, Form>> = {
  "--watch*": "alone",
  "--coverage": "alone",
  "--collectCoverage": "alone",
  "--updateSnapshot": "alone",
  "-u": "alone",
  "--onlyChanged": "alone",
  "-o": "alone",
  "--onlyFailures": "alone",
  "-f": "alone",
  "--changedSince": "value",
  "--bail": "number",
  "-b": "number",
  "--json": "alone",
  "--ci": "alone",
  "--outputFile": "value",
};

const runner: Runner = {
  run: ["jest"],
  commandLine: (run, report) =>
    insertAfter(withoutOptions(run, DROPPED), /(^|\/)jest(\.js)?$/, ["--ci", "--json", `--outputFile=${report}`]),
  parse: parseJestReport,
};

export const validator: Validator = {
  name: "jest",
  summary: "Runs the project's Jest tests and reads which of them passed, failed and were skipped.",
  protects: ["**/jest.config.*", "**/jest.setup.*", "**/jest.preset.*", "**/*.snap"],
  options: runnerOptions(runner),
  detect: (project) => detectRunner("jest", project),
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => readRunner(runner, definition, workspace, signal),
  }),
};
