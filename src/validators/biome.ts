/**
 * The project's own Biome, 1.9 or 2: syntax and lint rules, warnings and notes included, and formatting and the order of
 * imports only where one of the project's scripts checks them (`biome ci`, `biome check`): a project that does not is not
 * told to. Never lets Biome write a file. Its fixes come from `lsp-fix`, since its report holds none.
 *
 * A file that is too large for Biome is a finding, so that a change which makes one too large is not taken for clean.
 */
import { z } from "zod";
import type { CheckDefinition, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { biomeFinding, isOwnFault, parseBiomeReport } from "./shared/biome-report.ts";
import { columnsOf, inOrder, openLintOracle } from "./shared/lint.ts";
import { commonOptions } from "./shared/options.ts";
import { areOfOthers } from "./shared/other-languages.ts";
import { fault } from "./shared/outcome.ts";
import { runTool, unreadable } from "./shared/run-tool.ts";
import { scriptCommands } from "./shared/test-script.ts";

const options = {
  paths: z.array(z.string().min(1)).min(1).default(["."]).describe("Files and folders to check."),
  format: z.boolean().default(false).describe("Check formatting and assist actions as well (`biome check` in place of `biome lint`)."),
};

const FLAGS = ["--reporter=json", "--colors=off", "--max-diagnostics=none"] as const;

async function read(
  definition: CheckDefinition,
  workspace: Workspace,
  signal?: AbortSignal,
  only?: readonly string[],
): Promise<Reading> {
  const { name } = definition;
  const { paths, format, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const argv = commandLine(format, paths, only);
  const ran = await runTool(name, workspace, { argv, timeoutMs, network, ...(signal && { signal }) });
  if (ran.fault) return ran.fault;
  const { stdout, durationMs } = ran.outcome;
  const diagnostics = parseBiomeReport(stdout);
  if (!diagnostics || (ran.hasFound && diagnostics.length === 0)) return unreadable(name, ran.outcome);
  const broken = diagnostics.find((one) => one.isError && isOwnFault(one));
  if (broken) return fault("unreadable", name, `${broken.path ?? ""} ${broken.category}: ${broken.message}`, durationMs);
  const linted = { check: name, root: workspace.root, columns: columnsOf(workspace) };
  const findings = [];
  for (const one of diagnostics) if (!isOwnFault(one)) findings.push(await biomeFinding(one, linted));
  return { kind: "read", check: name, findings: inOrder(findings), durationMs };
}

function commandLine(format: boolean, paths: readonly string[], only?: readonly string[]): string[] {
  const flags = only ? [...FLAGS, "--no-errors-on-unmatched"] : FLAGS;
  return ["biome", format ? "check" : "lint", ...flags, "--", ...(only ?? paths)];
}

/** Rules of Biome's project domain read other files as well. */
const OF_THE_PROJECT: ReadonlySet<string> = new Set(["noImportCycles", "noPrivateImports", "noUndeclaredDependencies", "noUnresolvedImports"]);

const CONFIG = /^\.?biome\.jsonc?$/;

/** What makes `biome check` a command that mends, or one that looks at lint rules only. */
const NO_CHECK: readonly string[] = ["--write", "--fix", "--apply", "--apply-unsafe", "--formatter-enabled=false"];

/** Whether a script of the project checks more than lint rules. */
async function checksFormat(project: Project): Promise<boolean> {
  const commands = await scriptCommands(project);
  return commands.some(([program, command, ...words]) => {
    return program === "biome" && (command === "ci" || command === "check") && !words.some((word) => NO_CHECK.includes(word));
  });
}

export const validator: Validator = {
  name: "biome",
  summary: "Lints the project with its own Biome, and checks its formatting where the project does.",
  protects: ["**/biome.json", "**/biome.jsonc", "**/.biome.json", "**/.biome.jsonc"],
  program: { version: ["biome", "--version"], install: "npm install --save-dev @biomejs/biome", wantedBy: ["**/biome.json", "**/biome.jsonc"] },
  narrow: "by file",
  options,
  async detect(project) {
    const isInstalled = (await project.readDependency("node_modules/@biomejs/biome/package.json")) !== undefined;
    if (!isInstalled || !project.files.some((path) => CONFIG.test(path))) return [];
    return [{ name: "biome", use: "biome", ...((await checksFormat(project)) && { format: true }) }];
  },
  create: (definition) => ({
    definition,
    expense: 1,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
    isBlindTo: (changes) => areOfOthers("script", changes),
    isOfItsFile: ({ rule }) => !OF_THE_PROJECT.has(rule),
    openOracle: () => {
      const { paths } = z.object(options).parse(definition);
      return openLintOracle(paths, (workspace, signal, only) => read(definition, workspace, signal, only));
    },
  }),
};
