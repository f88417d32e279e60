/**
 * The project's own oxlint, with the options that its `lint` script gives it, rules that read types included. Warnings
 * count as well. Never lets oxlint write a file. Its fixes come from `lsp-fix`, since its report holds none.
 */
import { z } from "zod";
import type { CheckDefinition, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { columnsOf, inOrder, openLintOracle } from "./shared/lint.ts";
import { commonOptions } from "./shared/options.ts";
import { areOfOthers } from "./shared/other-languages.ts";
import { oxlintFinding, parseOxlintReport, type OxlintReport } from "./shared/oxlint-report.ts";
import { runTool, unreadable } from "./shared/run-tool.ts";
import { scriptCommands } from "./shared/test-script.ts";

const options = {
  paths: z.array(z.string().min(1)).min(1).default(["."]).describe("Files and folders to lint."),
  arguments: z
    .array(z.string().regex(/^-(?!-fix|-format|f)/, "Give options only, and none that writes or reports otherwise"))
    .default([])
    .describe("Further options for oxlint, each with its value in one word: `--type-aware`, `--deny=correctness`."),
};

/** oxlint leaves out what git ignores, and packages only where git does. */
const FLAGS = ["--format=json", "--ignore-pattern=**/node_modules/**"] as const;

async function read(
  definition: CheckDefinition,
  workspace: Workspace,
  signal?: AbortSignal,
  only?: readonly string[],
): Promise<Reading> {
  const { name } = definition;
  const { paths, arguments: more, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const argv = ["oxlint", ...more, ...FLAGS, "--", ...(only ?? paths)];
  const ran = await runTool(name, workspace, { argv, timeoutMs, network, ...(signal && { signal }) });
  if (ran.fault) return ran.fault;
  const report = parseOxlintReport(ran.outcome.stdout);
  if (!report || !isWhole(report, ran.hasFound, only !== undefined)) return unreadable(name, ran.outcome);
  const linted = { check: name, root: workspace.root, columns: columnsOf(workspace) };
  const findings = [];
  for (const one of report.diagnostics) findings.push(await oxlintFinding(one, linted));
  return { kind: "read", check: name, findings: inOrder(findings), durationMs: ran.outcome.durationMs };
}

/** oxlint ends with 1 where it found errors, and where there is nothing to lint: as may be among files that are named. */
function isWhole({ diagnostics, number_of_files: count }: OxlintReport, hasFound: boolean, isNamed: boolean): boolean {
  return count === 0 ? isNamed : diagnostics.length > 0 || !hasFound;
}

/** Rules that look into other files, or may read their types. */
const BEYOND_THE_FILE = /^(?:import|typescript)\//;

const CONFIG = /^(?:\.oxlintrc\.jsonc?|oxlint\.config\.[cm]?[jt]s)$/;

/** What a script's oxlint is given that stet gives it itself, or must not: to write, to report otherwise, to be content. */
const OWN: Readonly<Record<string, Form>> = {
  ...Object.fromEntries(["-f", "--format", "--max-warnings", "--threads"].map((name) => [name, "value" as const])),
  ...Object.fromEntries(["--fix*", "--quiet", "--silent", "--deny-warnings", "--no-error-on-unmatched-pattern"].map((name) => [name, "alone" as const])),
};
/** Options that are followed by a value (`oxlint --help`), under the name that takes it in the same word. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  ...{ "-c": "--config", "-A": "--allow", "-W": "--warn", "-D": "--deny" },
  ...Object.fromEntries(["--config", "--allow", "--warn", "--deny", "--tsconfig", "--ignore-path", "--ignore-pattern"].map((name) => [name, name])),
};

/** What the first script that is about oxlint gives it. */
async function given(project: Project): Promise<{ paths: string[]; more: string[] } | undefined> {
  const commands = await scriptCommands(project);
  const found = commands.find(([program]) => program === "oxlint");
  if (!found) return undefined;
  const [paths, more]: [string[], string[]] = [[], []];
  const words = withoutOptions(found.slice(1), OWN).filter((word) => word !== "--");
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const long = WITH_VALUE[word];
    if (long !== undefined) more.push(`${long}=${words[(index += 1)] ?? ""}`);
    else (word.startsWith("-") ? more : paths).push(word);
  }
  return { paths, more };
}

export const validator: Validator = {
  name: "oxlint",
  summary: "Lints the project with its own oxlint.",
  protects: ["**/.oxlintrc.json", "**/.oxlintrc.jsonc", "**/oxlint.config.*", "**/.eslintignore"],
  program: { version: ["oxlint", "--version"], install: "npm install --save-dev oxlint", wantedBy: ["**/.oxlintrc.json", "**/oxlint.config.*"] },
  narrow: "by file",
  options,
  async detect(project) {
    if ((await project.readDependency("node_modules/oxlint/package.json")) === undefined) return [];
    const script = await given(project);
    if (!script && !project.files.some((path) => CONFIG.test(path))) return [];
    const { paths = [], more = [] } = script ?? {};
    return [{ name: "oxlint", use: "oxlint", ...(paths.length > 0 && { paths }), ...(more.length > 0 && { arguments: more }) }];
  },
  create: (definition) => ({
    definition,
    expense: 1,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
    isBlindTo: (changes) => areOfOthers("script", changes),
    isOfItsFile: ({ rule }) => !BEYOND_THE_FILE.test(rule),
    openOracle: () => {
      const { paths } = z.object(options).parse(definition);
      return openLintOracle(paths, (workspace, signal, only) => read(definition, workspace, signal, only));
    },
  }),
};
