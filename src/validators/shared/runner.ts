/**
 * Runs a test runner with a report file of this reading's own. Here because a report that an earlier reading left must
 * never be taken for this one's. Never knows the report's format.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { CheckDefinition, Outcome, Workspace } from "../../domain/plugin.ts";
import type { Reading } from "../../domain/reading.ts";
import { CI, commonOptions, environmentOption, folderOption, runOption } from "./options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./outcome.ts";
import { readingOfTests, type SeenTests } from "./tests.ts";

/** What differs from runner to runner. */
export interface Runner {
  /** Its command line where the project states none. */
  readonly run: readonly string[];
  /** Exit codes that say "the run was not done", whatever the report says. */
  readonly faultCodes?: readonly number[];
  /** The command line that writes a report to `report`, made from the one that the project uses. */
  commandLine(run: readonly string[], report: string): readonly string[];
  /** The same for the tests alone that reach these files; undefined where this command line cannot be narrowed. */
  related?(run: readonly string[], report: string, files: readonly string[]): readonly string[] | undefined;
  /** The report's tests; undefined where it is not a whole report. */
  parse(report: string, root: string, cwd: string): SeenTests | undefined | Promise<SeenTests | undefined>;
}

/** The options that every runner has. */
export function runnerOptions({ run }: Pick<Runner, "run">) {
  return {
    run: runOption.default([...run]).describe("The runner's command line; stet adds its report to it."),
    cwd: folderOption,
    env: environmentOption,
  };
}

/** `only`: the tests that reach these files. Several minutes of chatter do not matter when the report stands in a file: cut output is no fault here. */
export async function readRunner(
  runner: Runner,
  definition: CheckDefinition,
  workspace: Workspace,
  signal?: AbortSignal,
  only?: readonly string[],
): Promise<Reading> {
  const { name } = definition;
  const { run, cwd, env, timeoutMs, network } = z.object({ ...commonOptions, ...runnerOptions(runner) }).parse(definition);
  const report = join(workspace.scratch, `report-${randomUUID()}`);
  const argv = (only && runner.related?.(run, report, only)) ?? runner.commandLine(run, report);
  const outcome = await workspace.run({ argv, cwd, env: { ...CI, ...env }, timeoutMs, network, ...(signal && { signal }) });
  const failure = faultOf(name, outcome) ?? ownFault(runner, name, outcome);
  if (failure) return failure;
  const text = await workspace.readText(report);
  if (text === undefined) return fault("crashed", name, lastWords(outcome), outcome.durationMs);
  const seen = await runner.parse(text, workspace.root, cwd);
  if (!seen) return fault("unreadable", name, text.slice(-500), outcome.durationMs);
  const none = only && seen.tests.length + seen.broken.length === 0 && codeOf(outcome) === 0;
  if (none) return { kind: "read", check: name, findings: [], inventory: {}, durationMs: outcome.durationMs };
  return readingOfTests(name, seen, codeOf(outcome), outcome.durationMs);
}

function ownFault({ faultCodes = [] }: Runner, check: string, outcome: Outcome): Fault | undefined {
  return faultCodes.includes(codeOf(outcome)) ? fault("crashed", check, lastWords(outcome), outcome.durationMs) : undefined;
}

/** Puts words behind the runner's own name in a command line, before its operands. */
export function insertAfter(run: readonly string[], isRunner: RegExp, words: readonly string[]): string[] {
  const at = run.findIndex((word) => isRunner.test(word)) + 1;
  return [...run.slice(0, at), ...words, ...run.slice(at)];
}
