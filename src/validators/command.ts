/**
 * Any command, judged by its exit code: the last resort, since all it can say is "it failed", and a second fault behind
 * the first cannot be seen. With a JUnit report it is read test by test.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { CI, commonOptions, environmentOption, folderOption, runOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { exitFinding, readingOfTests } from "./shared/tests.ts";
import { findTestScript } from "./shared/test-script.ts";

/** Stands for a folder that is new for each reading, so that a report found in it is this reading's own. */
const SCRATCH = "{scratch}";

const options = {
  run: runOption.describe("The command's words; `{scratch}` in them stands for a new folder."),
  cwd: folderOption,
  env: environmentOption,
  junit: z
    .string()
    .min(1)
    .optional()
    .describe("The JUnit XML report that the command writes: a path from the root, or one that begins with `{scratch}`."),
};

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { run, cwd, env, junit, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const scratch = `${workspace.scratch}/${randomUUID()}`;
  const inScratch = (text: string): string => text.replaceAll(SCRATCH, () => scratch);
  const common = { timeoutMs, network, ...(signal && { signal }) };
  const report = junit === undefined ? undefined : inScratch(junit);
  if (`${run.join("")}${junit ?? ""}`.includes(SCRATCH)) await workspace.run({ argv: ["mkdir", "-p", "--", scratch], ...common });
  if (report !== undefined) await workspace.run({ argv: ["rm", "-f", "--", report], ...common });
  const outcome = await workspace.run({ argv: run.map(inScratch), cwd, env: { ...CI, ...env }, ...common });
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  const [code, { durationMs }] = [codeOf(outcome), outcome];
  if (report === undefined) {
    return { kind: "read", check: name, findings: code === 0 ? [] : [exitFinding(name, code)], durationMs };
  }
  const text = await workspace.readText(report);
  if (text === undefined) return fault("crashed", name, lastWords(outcome), durationMs);
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
