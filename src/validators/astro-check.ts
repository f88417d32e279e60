/**
 * The project's own `astro check`: the types of its Astro files and TypeScript files. Hints are left out, as `tsc` has
 * none. It writes the types of collections first; they land in the trial's own worktree. Has no oracle: a component's
 * types are seen by whoever imports it.
 */
import { z } from "zod";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { parseAstroOutput } from "./shared/astro-output.ts";
import { componentReading } from "./shared/component-check.ts";
import { CI, commonOptions, folderOption } from "./shared/options.ts";
import { runTool } from "./shared/run-tool.ts";
import { hasSuccessor } from "./shared/tsc-successors.ts";

const options = { cwd: folderOption };

const ARGV = ["astro", "check", "--minimumSeverity", "warning"] as const;
const ENVIRONMENT = { ...CI, ASTRO_TELEMETRY_DISABLED: "1" } as const;

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { cwd, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const ran = await runTool(name, workspace, { argv: ARGV, cwd, env: ENVIRONMENT, timeoutMs, network, ...(signal && { signal }) });
  return componentReading(ran, parseAstroOutput(ran.outcome.stdout), "astro-check", { check: name, root: workspace.root, folder: cwd });
}

export const validator: Validator = {
  name: "astro-check",
  summary: "Checks the project's Astro and TypeScript files with its own `astro check`, in place of `tsc`.",
  protects: ["**/astro.config.*", "**/tsconfig*.json", "**/jsconfig*.json"],
  program: { version: ["astro", "--version"], install: "npm install --save-dev @astrojs/check typescript", wantedBy: ["**/astro.config.*"] },
  options,
  detect: async (project) => ((await hasSuccessor(project, "astro-check")) ? [{ name: "astro-check", use: "astro-check" }] : []),
  create: (definition) => ({
    definition,
    expense: 1,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
