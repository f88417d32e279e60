/**
 * The project's own ESLint, 9 or 10, with the fixes and suggestions that its rules offer. Warnings count as well: a
 * change that adds one is not better. Never lets ESLint write a file.
 */
import { z } from "zod";
import type { CheckDefinition, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { withoutOptions, type Form } from "./shared/arguments.ts";
import { isAboutCode, lintFinding, parseEslintReport, type LintedFile } from "./shared/eslint-report.ts";
import { openLintOracle } from "./shared/lint.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { repositoryPath } from "./shared/paths.ts";
import { readScripts } from "./shared/test-script.ts";
import { plainCommands } from "./shared/words.ts";

const options = {
  paths: z.array(z.string().min(1)).min(1).default(["."]).describe("Files, folders and globs to lint."),
};

/** Findings that the project put up with; one that was mended and still stands in the file would end ESLint with 2. */
const SUPPRESSIONS = "eslint-suppressions.json";
const PASS_UNPRUNED = "--pass-on-unpruned-suppressions";

/** ESLint's code for "linted, and found errors"; 2 is a fault of its own or of its configuration. */
const CODES: readonly number[] = [0, 1];

async function read(
  definition: CheckDefinition,
  workspace: Workspace,
  signal?: AbortSignal,
  only?: readonly string[],
): Promise<Reading> {
  const { name } = definition;
  const { paths, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const hasSuppressions = (await workspace.readText(SUPPRESSIONS)) !== undefined;
  const flags = [...(hasSuppressions ? [PASS_UNPRUNED] : []), ...(only ? ["--no-warn-ignored"] : [])];
  const argv = ["eslint", "--format", "json", ...flags, "--", ...(only ?? paths)];
  const outcome = await workspace.run({ argv, timeoutMs, network, ...(signal && { signal }) });
  const { durationMs } = outcome;
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (!CODES.includes(codeOf(outcome))) return fault("crashed", name, lastWords(outcome), durationMs);
  const files = outcome.truncated ? undefined : parseEslintReport(outcome.stdout);
  if (!files || (files.length === 0 && !only)) return fault("unreadable", name, lastWords(outcome), durationMs);
  const findings = [];
  for (const file of files) findings.push(...(await findingsOf(file, name, workspace)));
  return { kind: "read", check: name, findings, durationMs };
}

async function findingsOf(linted: LintedFile, check: string, workspace: Workspace) {
  const messages = linted.messages.filter(isAboutCode);
  const isFixable = messages.some(({ fix, suggestions = [] }) => fix !== undefined || suggestions.length > 0);
  const file = repositoryPath(workspace.root, "", linted.filePath);
  const text = isFixable ? await workspace.readText(file) : undefined;
  return messages.map((message) => lintFinding(message, { check, root: workspace.root, file, text }));
}

const CONFIG = /^eslint\.config\.[cm]?[jt]s$/;

/** Options of ESLint's that are followed by a value (https://eslint.org/docs/latest/use/command-line-interface). */
const WITH_VALUE: Readonly<Record<string, Form>> = {
  ...form(["-c", "--config", "-f", "--format", "-o", "--output-file", "--ext", "--max-warnings", "--rule", "--plugin"]),
  ...form(["--parser", "--parser-options", "--global", "--ignore-pattern", "--fix-type", "--flag", "--concurrency"]),
  ...form(["--cache-file", "--cache-location", "--cache-strategy", "--report-unused-disable-directives-severity"]),
  ...form(["--report-unused-inline-configs", "--suppressions-location", "--suppress-rule", "--stdin-filename"]),
};

function form(names: readonly string[]): Record<string, Form> {
  return Object.fromEntries(names.map((name) => [name, "value"]));
}

/** What the `lint` script lints, where it is nothing but one ESLint command. */
async function scriptPaths(project: Project): Promise<string[]> {
  const commands = plainCommands((await readScripts(project))["lint"] ?? "") ?? [];
  const [[program, ...words] = [], ...more] = commands;
  if (program !== "eslint" || more.length > 0) return [];
  return withoutOptions(words, WITH_VALUE).filter((word) => !word.startsWith("-"));
}

export const validator: Validator = {
  name: "eslint",
  summary: "Lints the project with its own ESLint, version 9 or 10, and collects the fixes that its rules offer.",
  protects: ["**/eslint.config.*", "**/.eslintrc*", "**/.eslintignore", `**/${SUPPRESSIONS}`],
  options,
  async detect(project) {
    const isInstalled = (await project.readDependency("node_modules/eslint/package.json")) !== undefined;
    if (!isInstalled || !project.files.some((path) => CONFIG.test(path))) return [];
    const paths = await scriptPaths(project);
    return [{ name: "eslint", use: "eslint", ...(paths.length > 0 && { paths }) }];
  },
  create: (definition) => ({
    definition,
    expense: 2,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
    openOracle: () => {
      const { paths } = z.object(options).parse(definition);
      return openLintOracle(paths, (workspace, signal, only) => read(definition, workspace, signal, only));
    },
  }),
};
