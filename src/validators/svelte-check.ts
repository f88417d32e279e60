/**
 * The project's own `svelte-check`: the types of its components and of its TypeScript files, and the warnings of Svelte's
 * compiler. A SvelteKit project has part of its configuration written by `svelte-kit sync`, which is run first: the files
 * land in the trial's own worktree. Has no oracle: a component's types are seen by whoever imports it.
 */
import { z } from "zod";
import type { CheckDefinition, Command, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { componentReading } from "./shared/component-check.ts";
import { commonOptions, folderOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { runTool } from "./shared/run-tool.ts";
import { parseSvelteOutput } from "./shared/svelte-output.ts";
import { hasSuccessor } from "./shared/tsc-successors.ts";

const options = {
  cwd: folderOption,
  tsconfig: z.string().min(1).optional().describe("The tsconfig file, relative to `cwd`; without one only components are checked."),
  sync: z.boolean().default(false).describe("Run `svelte-kit sync` first."),
};

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { cwd, tsconfig, sync, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const command = (argv: readonly string[]): Command => ({ argv, cwd, timeoutMs, network, ...(signal && { signal }) });
  if (sync) {
    const synced = await workspace.run(command(["svelte-kit", "sync"]));
    if (codeOf(synced) !== 0) return faultOf(name, synced) ?? fault("crashed", name, lastWords(synced), synced.durationMs);
  }
  const project = tsconfig === undefined ? ["--no-tsconfig"] : ["--tsconfig", tsconfig];
  const ran = await runTool(name, workspace, command(["svelte-check", "--output", "machine-verbose", ...project]));
  return componentReading(ran, parseSvelteOutput(ran.outcome.stdout), "svelte-check", { check: name, root: workspace.root, folder: cwd });
}

export const validator: Validator = {
  name: "svelte-check",
  summary: "Checks the project's Svelte components and TypeScript files with its own `svelte-check`, in place of `tsc`.",
  protects: ["**/svelte.config.*", "**/tsconfig*.json", "**/jsconfig*.json"],
  program: { version: ["svelte-check", "--version"], install: "npm install --save-dev svelte-check", wantedBy: ["**/svelte.config.*"] },
  options,
  async detect(project) {
    if (!(await hasSuccessor(project, "svelte-check"))) return [];
    const tsconfig = ["tsconfig.json", "jsconfig.json"].find((path) => project.files.includes(path));
    const sync = (await project.readDependency("node_modules/@sveltejs/kit/package.json")) !== undefined;
    return [{ name: "svelte-check", use: "svelte-check", ...(tsconfig !== undefined && { tsconfig }), ...(sync && { sync }) }];
  },
  create: (definition) => ({
    definition,
    expense: 1,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
