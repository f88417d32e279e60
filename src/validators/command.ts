/**
 * Any command, judged by its exit code: the last resort, since all it can say is "it failed", and a second fault behind
 * the first cannot be seen. With a JUnit report it is read test by test.
 */
import { z } from "zod";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { codeOf, fault } from "./shared/outcome.ts";
import { commandOptions, reportOption, runForReport } from "./shared/report-command.ts";
import { exitFinding, readingOfTests } from "./shared/tests.ts";
import { findTestScript } from "./shared/test-script.ts";

const options = {
  ...commandOptions,
  junit: reportOption
    .optional()
    .describe("The JUnit XML report that the command writes: a path from the root, or one that begins with `{scratch}`."),
};

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { cwd, junit } = z.object(options).parse(definition);
  const reported = await runForReport(definition, junit, workspace, signal);
  if (!("outcome" in reported)) return reported;
  const { text, outcome } = reported;
  const [code, { durationMs }] = [codeOf(outcome), outcome];
  if (text === undefined) {
    return { kind: "read", check: name, findings: code === 0 ? [] : [exitFinding(name, code)], durationMs };
  }
  const { parseJunit } = await import("./shared/junit.ts"); // brings an XML parser that most runs can do without
  const seen = parseJunit(text, workspace.root, cwd);
  return seen ? readingOfTests(name, seen, code, durationMs) : fault("unreadable", name, text.slice(-500), durationMs);
}

export const validator: Validator = {
  name: "command",
  summary: "Runs any command and reads its exit code, or the tests in the JUnit report that it writes.",
  protects: [],
  options,
  async detect(project) {
    const script = await findTestScript(project);
    return script?.use === "command" ? [{ name: "test", use: "command", run: script.run }] : [];
  },
  create: (definition) => ({
    definition,
    expense: 9,
    deterministic: false,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
