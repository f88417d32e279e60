/**
 * The project's own `astro check`: the types of its Astro files and TypeScript files. Hints are left out, as `tsc` has
 * none. It writes the types of collections first; they land in the trial's own worktree. Has no oracle: a component's
 * types are seen by whoever imports it.
 */
import { z } from "zod";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { parseAstroOutput } from "./shared/astro-output.ts";
import { componentFinding, isAboutConfiguration } from "./shared/component-check.ts";
import { CI, commonOptions, folderOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { hasSuccessor } from "./shared/tsc-successors.ts";

const options = { cwd: folderOption };

const ARGV = ["astro", "check", "--minimumSeverity", "warning"] as const;
const ENVIRONMENT = { ...CI, ASTRO_TELEMETRY_DISABLED: "1" } as const;

/** "No errors" and "errors"; what is wrong with the program itself has no counts at its end. */
const CODES: readonly number[] = [0, 1];

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { cwd, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const outcome = await workspace.run({ argv: ARGV, cwd, env: ENVIRONMENT, timeoutMs, network, ...(signal && { signal }) });
  const { durationMs } = outcome;
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (!CODES.includes(codeOf(outcome))) return fault("crashed", name, lastWords(outcome), durationMs);
  const diagnostics = outcome.truncated ? undefined : parseAstroOutput(outcome.stdout);
  const isOdd = codeOf(outcome) !== 0 && diagnostics?.length === 0;
  if (!diagnostics || isOdd) return fault("unreadable", name, lastWords(outcome), durationMs);
  const fatal = diagnostics.find(isAboutConfiguration);
  if (fatal) return fault("unreadable", name, `${fatal.file} ${fatal.code}: ${fatal.message}`, durationMs);
  const checked = { check: name, root: workspace.root, folder: cwd };
  return { kind: "read", check: name, findings: diagnostics.map((one) => componentFinding(one, "astro-check", checked)), durationMs };
}

export const validator: Validator = {
  name: "astro-check",
  summary: "Checks the project's Astro and TypeScript files with its own `astro check`, in place of `tsc`.",
  protects: ["**/astro.config.*", "**/tsconfig*.json", "**/jsconfig*.json"],
  options,
  detect: async (project) => ((await hasSuccessor(project, "astro-check")) ? [{ name: "astro-check", use: "astro-check" }] : []),
  create: (definition) => ({
    definition,
    expense: 1,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
