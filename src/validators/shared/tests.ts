/**
 * Makes a reading of the tests that a runner saw. Here because all runners must name tests alike and treat a file
 * that does not load, an exit code without a failed test, and an empty run in the same way. Never reads a report.
 */
import { finding, type Finding, type Place } from "../../domain/finding.ts";
import type { Reading, TestStatus } from "../../domain/reading.ts";
import { fault } from "./outcome.ts";

/** One test as a runner reports it. */
export interface SeenTest {
  /** From the file down to the test. */
  readonly names: readonly string[];
  readonly status: TestStatus;
  readonly at?: Place;
  /** It failed only because a test inside it did, which is reported for itself. */
  readonly derived?: boolean;
}

/** All that a runner reports. */
export interface SeenTests {
  readonly tests: readonly SeenTest[];
  /** Files and suites that failed outside of any test: not loadable, a hook that threw. */
  readonly broken: readonly Pick<SeenTest, "names" | "at">[];
}

/**
 * @param code the runner's exit code: one that is not 0 although every test passed (a coverage threshold, an unhandled
 *   error) is a finding of its own
 */
export function readingOfTests(check: string, seen: SeenTests, code: number, durationMs: number): Reading {
  if (seen.tests.length + seen.broken.length === 0) return fault("unreadable", check, "no tests ran", durationMs);
  const named = withIds(seen.tests);
  const failed = named.filter(({ test }) => test.status === "failed" && test.derived !== true);
  const findings = [
    ...failed.map(({ id, test }) => testFinding(check, "test", id, test.at)),
    ...seen.broken.map(({ names, at }) => testFinding(check, "suite", names.join(SEPARATOR), at)),
  ];
  if (code !== 0 && findings.length === 0) findings.push(exitFinding(check, code));
  const inventory = Object.fromEntries(named.map(({ id, test }) => [id, test.status]));
  return { kind: "read", check, findings, inventory, durationMs };
}

/** The finding of a command that says no more than that it failed. */
export function exitFinding(check: string, code: number): Finding {
  return finding({ by: check, rule: "exit-code", category: "other", message: `exit code ${code}` });
}

const SEPARATOR = " > ";

/** The file that a test of an inventory stands in. */
export function fileOfTest(test: string): string {
  return test.split(SEPARATOR)[0] ?? "";
}

function testFinding(by: string, rule: string, message: string, at: Place | undefined): Finding {
  return finding({ by, rule, category: "other", message, ...(at && { at }) });
}

/** Tests of one name are told apart by their order: the second is `… #2`. */
function withIds(tests: readonly SeenTest[]): { id: string; test: SeenTest }[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const name = test.names.join(SEPARATOR);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { id: count === 1 ? name : `${name} #${count}`, test };
  });
}
