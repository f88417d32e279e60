/**
 * Reads the JUnit report that pytest writes (`junit_family=xunit1`, which names files). A test's name is its file, its
 * classes and its own name with the parameters' ids; addresses in these differ from run to run and are left out.
 */
import { parseJunit } from "./junit.ts";
import type { SeenTest, SeenTests } from "./tests.ts";

/** pytest counts lines from 0. */
const FIRST_LINE = 0;
/** The report's one suite, and pytest's own default for its name. */
const SUITE = "pytest";

export function parsePytestReport(report: string, root: string, cwd: string): SeenTests | undefined {
  const seen = parseJunit(report, root, cwd, FIRST_LINE);
  if (!seen) return undefined;
  const tests = seen.tests.map(withoutSuite);
  const { true: uncollected = [], false: run = [] } = Object.groupBy(tests, (one) => (isUncollected(one) ? "true" : "false"));
  return { tests: run.map(named), broken: uncollected.map(({ names: [file = ""], at }) => ({ names: [file], ...(at && { at }) })) };
}

function withoutSuite(test: SeenTest): SeenTest {
  return { ...test, names: test.names.filter((name, index) => !(index === 1 && name === SUITE)) };
}

/** A file that could not be loaded is told as a test that belongs to no module. */
function isUncollected({ names, status }: SeenTest): boolean {
  return names.length === 2 && status !== "passed" && isModule(names[1] ?? "", names[0] ?? "");
}

/** `tests.test_a` for `tests/test_a.py`, wherever pytest's own root is. */
function isModule(name: string, file: string): boolean {
  const dotted = file.replace(/\.py$/, "").replaceAll("/", ".");
  return dotted === name || dotted.endsWith(`.${name}`);
}

function named(test: SeenTest): SeenTest {
  const [file = "", group = "", ...rest] = test.names;
  if (rest.length === 0) return test;
  const parts = group.split(".");
  const module = parts.findLastIndex((_, index) => isModule(parts.slice(0, index + 1).join("."), file));
  const classes = parts.slice(module + 1);
  return { ...test, names: [file, ...classes, ...rest.map((name) => name.replace(/\b0x[0-9a-f]{6,}\b/gi, "0x…"))] };
}
