/**
 * Runs a command that writes a report, and reads the report that this very run wrote. Here because a report that an
 * earlier reading left, or that was committed, must never be taken for this one's. Never knows what the report says.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CheckDefinition, Outcome, Workspace } from "../../domain/plugin.ts";
import { CI, commonOptions, environmentOption, folderOption, runOption } from "./options.ts";
import { fault, faultOf, lastWords, type Fault } from "./outcome.ts";

/** Stands for a folder that is new for each reading, so that a report found in it is this reading's own. */
const SCRATCH = "{scratch}";

export const commandOptions = {
  run: runOption.describe("The command's words; `{scratch}` in them stands for a new folder."),
  cwd: folderOption,
  env: environmentOption,
};

/** Where a report is: a path from the root, or one that begins with `{scratch}`. */
export const reportOption = z.string().min(1);

export interface Reported {
  readonly outcome: Outcome;
  /** Absent where no report was asked for. */
  readonly text?: string;
}

/** Runs the check's command. No end of its own, and no report where one was asked for, are faults. */
export async function runForReport(
  definition: CheckDefinition,
  path: string | undefined,
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<Reported | Fault> {
  const { name } = definition;
  const { run, cwd, env, timeoutMs, network } = z.object({ ...commonOptions, ...commandOptions }).parse(definition);
  const scratch = `${workspace.scratch}/${randomUUID()}`;
  const inScratch = (text: string): string => text.replaceAll(SCRATCH, () => scratch);
  const common = { timeoutMs, network, ...(signal && { signal }) };
  const report = path === undefined ? undefined : inScratch(path);
  if (`${run.join("")}${path ?? ""}`.includes(SCRATCH)) await workspace.run({ argv: ["mkdir", "-p", "--", scratch], ...common });
  if (report !== undefined) await workspace.run({ argv: ["rm", "-f", "--", report], ...common });
  const outcome = await workspace.run({ argv: run.map(inScratch), cwd, env: { ...CI, ...env }, ...common });
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (report === undefined) return { outcome };
  const text = await workspace.readText(report);
  return text === undefined ? fault("crashed", name, lastWords(outcome), outcome.durationMs) : { outcome, text };
}
