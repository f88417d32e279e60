/**
 * pytest, read for its inventory through the JUnit report that it writes. Runs all tests once: what ends a run early is
 * switched off, files that cannot be loaded are findings beside the tests of the others, and nothing is remembered from
 * one run for the next.
 */
import type { Project, Validator } from "../domain/plugin.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { pythonFiles, readPythonProject } from "./shared/python-project.ts";
import { insertAfter, readRunner, runnerOptions, type Runner } from "./shared/runner.ts";
import { openTestsByPath } from "./shared/tests-by-path.ts";

/** Options that stop early, choose by the last run, ask, or would stand in the report's way. */
const DROPPED: Readonly<Record<string, Form>> = {
  ...form("alone", ["-x", "--exitfirst", "--lf", "--last-failed", "--ff", "--failed-first", "--nf", "--new-first", "--sw", "--stepwise"]),
  ...form("alone", ["--stepwise-skip", "--pdb", "--trace", "--cache-clear", "--collect-only", "--co"]),
  ...form("value", ["--maxfail", "--junitxml", "--junit-xml", "--junit-prefix", "--junitprefix", "--rootdir"]),
};

function form(kind: Form, names: readonly string[]): Record<string, Form> {
  return Object.fromEntries(names.map((name) => [name, kind]));
}

/** What `addopts` says comes before these, so these hold. */
const REPORTING = [
  ...["-p", "no:cacheprovider", "-p", "no:randomly", "--maxfail=0", "--continue-on-collection-errors"],
  ...["-o", "junit_family=xunit1", "-o", "junit_suite_name=pytest"],
];

const IS_PYTEST = /(?:^|\/)(?:pytest|py\.test)$/;

const runner: Runner = {
  run: ["pytest"],
  // 2: interrupted, 3: a fault of its own, 4: a fault of the command line or of a conftest.py. 5, no tests, is told by the report.
  faultCodes: [2, 3, 4],
  commandLine: (run, report) => insertAfter(withoutOptions(run, DROPPED), IS_PYTEST, [...REPORTING, `--junitxml=${report}`]),
  related(run, report, files) {
    const words = withoutOptions(run, DROPPED);
    const operands = words.slice(words.findIndex((word) => IS_PYTEST.test(word)) + 1).filter((word) => !word.startsWith("-"));
    // A word that is no option may be a value or a path, and pytest would run that as well.
    if (operands.length > 0) return undefined;
    return [...insertAfter(words, IS_PYTEST, [...REPORTING, `--junitxml=${report}`]), "--", ...files];
  },
  async parse(report, root, cwd) {
    const { parsePytestReport } = await import("./shared/pytest-report.ts"); // brings an XML parser that most runs can do without
    return parsePytestReport(report, root, cwd);
  },
};

const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;
const SECTIONS = [["pytest.ini", "pytest"], [".pytest.ini", "pytest"], ["tox.ini", "pytest"], ["setup.cfg", "tool:pytest"]] as const;

async function detect(project: Project) {
  const files = pythonFiles(project);
  if (!files.some((file) => TEST_FILE.test(file))) return [];
  const python = await readPythonProject(project);
  const isUsed =
    python.has("pytest.ini", ".pytest.ini") ||
    files.some((file) => /(?:^|\/)conftest\.py$/.test(file)) ||
    python.tool("pytest") !== undefined ||
    SECTIONS.some(([file, section]) => python.section(file, section) !== undefined) ||
    python.requires("pytest");
  return isUsed ? [{ name: "pytest", use: "pytest" }] : [];
}

export const validator: Validator = {
  name: "pytest",
  summary: "Runs the project's pytest tests and reads which of them passed, failed and were skipped.",
  protects: ["**/conftest.py", "**/pytest.ini", "**/.pytest.ini", "**/tox.ini", "**/setup.cfg", "**/pyproject.toml"],
  program: { version: ["pytest", "--version"], install: "pip install pytest" },
  narrow: "related tests",
  options: runnerOptions(runner),
  detect,
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => readRunner(runner, definition, workspace, signal),
    openOracle: () => openTestsByPath(runner, definition),
  }),
};
