/**
 * Vitest, read for its inventory through its own JSON report. Runs once, without coverage, in CI mode, so that no
 * snapshot is ever written. Errors outside of any test (Vitest's "unhandled errors") are not in the report; they show as
 * an exit code without a failed test.
 */
import type { Validator } from "../domain/plugin.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { parseJestReport } from "./shared/jest-report.ts";
import { openRelatedTests } from "./shared/related-tests.ts";
import { readRunner, runnerOptions, type Runner } from "./shared/runner.ts";
import { detectRunner } from "./shared/test-script.ts";

/** Options that watch, show, rewrite, hide tests, or would stand in the report's way. */
const DROPPED: Readonly<Record<string, Form>> = {
  "--run": "alone",
  "--watch": "alone",
  "-w": "alone",
  "--ui": "alone",
  "--open": "alone",
  "--coverage*": "alone",
  "--update": "alone",
  "-u": "alone",
  "--changed": "alone",
  "--bail": "number",
  "--reporter": "value",
  "--outputFile*": "value",
};

const runner: Runner = {
  run: ["vitest", "run"],
  commandLine(run, report) {
    const [program, options] = parts(run);
    return [...program, "run", "--reporter=json", `--outputFile=${report}`, ...options];
  },
  related(run, report, files) {
    const [program, options] = parts(run);
    // A word that is no option may be a value or a filter; Vitest would take it for one of the files.
    if (options.some((word) => !word.startsWith("-"))) return undefined;
    const reporting = ["--reporter=json", `--outputFile=${report}`];
    return [...program, "related", "--run", "--passWithNoTests", ...reporting, ...options, ...files];
  },
  parse: parseJestReport,
};

/** The runner's own words, and what follows its mode. */
function parts(run: readonly string[]): [program: string[], options: string[]] {
  const words = withoutOptions(run, DROPPED);
  const at = words.findIndex((word) => IS_VITEST.test(word)) + 1;
  return [words.slice(0, at), words.slice(MODES.includes(words[at] ?? "") ? at + 1 : at)];
}

const IS_VITEST = /(^|\/)vitest(\.mjs)?$/;
/** Vitest's words for how to run; left out, it watches. */
const MODES: readonly string[] = ["run", "watch", "dev"];

export const validator: Validator = {
  name: "vitest",
  summary: "Runs the project's Vitest tests and reads which of them passed, failed and were skipped.",
  protects: ["**/vitest.config.*", "**/vitest.workspace.*", "**/vitest.setup.*", "**/vite.config.*", "**/*.snap"],
  program: { version: ["vitest", "--version"], install: "npm install --save-dev vitest", wantedBy: ["**/vitest.config.*"] },
  narrow: "related tests",
  options: runnerOptions(runner),
  detect: (project) => detectRunner("vitest", project),
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => readRunner(runner, definition, workspace, signal),
    openOracle: () => openRelatedTests(runner, definition),
  }),
};
