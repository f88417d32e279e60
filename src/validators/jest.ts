/**
 * Jest, read for its inventory through its own JSON report. Runs once, without coverage, in CI mode, so that no
 * snapshot is ever written.
 */
import type { Validator } from "../domain/plugin.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { parseJestReport } from "./shared/jest-report.ts";
import { openRelatedTests } from "./shared/related-tests.ts";
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
    insertAfter(withoutOptions(run, DROPPED), IS_JEST, ["--ci", "--json", `--outputFile=${report}`]),
  related(run, report, files) {
    const words = withoutOptions(run, DROPPED);
    const operands = words.slice(words.findIndex((word) => IS_JEST.test(word)) + 1).filter((word) => !word.startsWith("-"));
    // A word that is no option may be a value or a filter; Jest would take it for one of the files.
    if (operands.length > 0) return undefined;
    const reporting = ["--ci", "--json", `--outputFile=${report}`, "--passWithNoTests"];
    return [...insertAfter(words, IS_JEST, reporting), "--findRelatedTests", ...files];
  },
  parse: parseJestReport,
};

const IS_JEST = /(^|\/)jest(\.js)?$/;

export const validator: Validator = {
  name: "jest",
  summary: "Runs the project's Jest tests and reads which of them passed, failed and were skipped.",
  protects: ["**/jest.config.*", "**/jest.setup.*", "**/jest.preset.*", "**/*.snap"],
  program: { version: ["jest", "--version"], install: "npm install --save-dev jest", wantedBy: ["**/jest.config.*"] },
  narrow: "related tests",
  options: runnerOptions(runner),
  detect: (project) => detectRunner("jest", project),
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => readRunner(runner, definition, workspace, signal),
    openOracle: () => openRelatedTests(runner, definition),
  }),
};
