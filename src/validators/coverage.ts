/**
 * What the tests run of the code, from the report that a command writes: lcov, Istanbul's JSON or Cobertura's XML. Less
 * than before is worse (`domain/coverage.ts` weighs it); less than the floor as a whole is a finding. It reads no tests:
 * the check that does stands beside it. Where it is not configured, coverage is nobody's business.
 */
import { z } from "zod";
import { percentOf, totalOf, type Coverage } from "../domain/coverage.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { parseCoverage } from "./shared/coverage-report.ts";
import { codeOf, fault } from "./shared/outcome.ts";
import { commandOptions, reportOption, runForReport } from "./shared/report-command.ts";
import { exitFinding } from "./shared/tests.ts";

const percent = z.number().min(0).max(100);

const options = {
  ...commandOptions,
  report: reportOption.describe(
    "The report that the command writes (lcov, Istanbul's `coverage-final.json` or `coverage-summary.json`, Cobertura): a path from the root, or one that begins with `{scratch}`.",
  ),
  floor: percent.optional().describe("Percent of all lines that tests must run, and of those of each new file. No floor where absent; `--coverage-floor` goes before."),
  tolerance: percent.optional().describe("Percentage points that coverage may fall below the base. Default 0."),
};

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { cwd, report, floor, tolerance } = z.object(options).parse(definition);
  const reported = await runForReport(definition, report, workspace, signal);
  if (!("outcome" in reported)) return reported;
  const { text = "", outcome } = reported;
  const { durationMs } = outcome;
  const files = await parseCoverage(text, workspace.root, cwd);
  if (!files) return fault("unreadable", name, text.slice(-500), durationMs);
  const coverage = { files, ...(floor !== undefined && { floor }), ...(tolerance !== undefined && { tolerance }) };
  const code = codeOf(outcome);
  const findings = [...(code === 0 ? [] : [exitFinding(name, code)]), ...belowFloor(name, coverage)];
  return { kind: "read", check: name, findings, coverage, durationMs };
}

/** Its message has no figure that moves, so that what was below the floor already is nothing new. */
function belowFloor(by: string, coverage: Coverage): Finding[] {
  const { floor } = coverage;
  if (floor === undefined || percentOf(totalOf(coverage)) >= floor) return [];
  return [finding({ by, tool: "coverage", rule: "coverage-floor", category: "other", message: `less than ${floor} % of the lines are covered` })];
}

export const validator: Validator = {
  name: "coverage",
  summary: "Reads the coverage report that a command writes: less than the base is worse, less than a floor is a finding.",
  protects: ["**/.nycrc*", "**/.c8rc*", "**/.coveragerc"],
  options,
  detect: () => Promise.resolve([]),
  create: (definition) => ({
    definition,
    expense: 8,
    deterministic: false,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
