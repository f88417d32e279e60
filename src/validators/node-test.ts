/**
 * Node's own test runner, read for its inventory through a reporter of ours. A file that fails outside of any test is a
 * finding `suite`; a file that has no test in it and ends well counts as one test, as Node itself sees it. There is no
 * shell here: Node (21 and later) expands the script's globs itself.
 */
import type { Validator } from "../domain/plugin.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { parseNodeEvents } from "./shared/node-events.ts";
import { nodeReporterUrl } from "./shared/node-reporter.ts";
import { openMappedTests } from "./shared/related-tests.ts";
import { insertAfter, readRunner, runnerOptions, type Runner } from "./shared/runner.ts";
import { mappingOption } from "./shared/test-mapping.ts";
import { detectRunner } from "./shared/test-script.ts";

/** Options that watch, rewrite, measure coverage, or would stand in the report's way. */
const DROPPED: Readonly<Record<string, Form>> = {
  "--watch": "alone",
  "--experimental-test-coverage": "alone",
  "--test-coverage-*": "value",
  "--test-update-snapshots": "alone",
  "--test-reporter": "value",
  "--test-reporter-destination": "value",
};

const runner: Runner = {
  run: ["node", "--test"],
  commandLine: (run, report) => insertAfter(withoutOptions(run, DROPPED), IS_RUNNER, reporting(report)),
  related(run, report, files) {
    const words = withoutOptions(run, DROPPED);
    const at = words.findIndex((word) => IS_RUNNER.test(word)) + 1;
    const operands = words.slice(at);
    // A word behind an option may be its value, and not one of the files.
    if (at === 0 || operands.some((word, index) => !word.startsWith("-") && isBareOption(operands[index - 1]))) return undefined;
    return [...words.slice(0, at), ...reporting(report), ...operands.filter((word) => word.startsWith("-")), ...files];
  },
  parse: parseNodeEvents,
};

const IS_RUNNER = /^--test$/;

function reporting(report: string): string[] {
  return [`--test-reporter=${nodeReporterUrl}`, `--test-reporter-destination=${report}`];
}

function isBareOption(word: string | undefined): boolean {
  return word !== undefined && word.startsWith("-") && !word.includes("=");
}

export const validator: Validator = {
  name: "node-test",
  summary: "Runs the project's tests with Node's own runner and reads which of them passed, failed and were skipped.",
  protects: ["**/*.snapshot", "**/node.config.json"],
  program: { version: ["node", "--version"], install: "install Node 21 or newer" },
  narrow: "related tests",
  options: { ...runnerOptions(runner), related: mappingOption },
  detect: (project) => detectRunner("node-test", project),
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => readRunner(runner, definition, workspace, signal),
    openOracle: () => openMappedTests(runner, definition),
  }),
};
