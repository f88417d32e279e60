/**
 * pyright: the project's npm package, or what the PATH has, a virtual environment's launcher included. It looks for
 * packages by asking the first `python3` on the PATH, which in a trial is the project's virtual environment. Only errors
 * count: warnings are what a project has chosen not to fail for. The launcher from PyPI fetches Node and pyright where it
 * has none; a check has no network, so that ends as unclear and never as a download.
 */
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { CheckDefinition, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { jsonIn } from "./shared/json-output.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { repositoryPath, withoutRoot } from "./shared/paths.ts";
import { pythonFiles, readPythonProject } from "./shared/python-project.ts";

const options = {
  project: z.string().min(1).optional().describe("A configuration file, or the folder that has one; the root where absent."),
  paths: z.array(z.string().min(1)).default([]).describe("Files and folders in place of those that the configuration includes."),
};

/** 0: no errors, 1: errors. 2 is a fault of its own, 3 of its configuration, 4 of its command line. */
const CODES: readonly number[] = [0, 1];

/** The launcher from PyPI: quiet about newer versions, and with the pyright that it brings rather than one to be fetched. */
const LAUNCHER = { PYRIGHT_PYTHON_IGNORE_WARNINGS: "1", PYRIGHT_PYTHON_USE_BUNDLED_PYRIGHT: "1" } as const;

const place = z.object({ line: z.number().int(), character: z.number().int() });
const diagnostic = z.object({
  file: z.string(),
  severity: z.string(),
  message: z.string(),
  rule: z.string().optional(),
  /** Absent where it is about the file as a whole. Both count from 0, in UTF-16 code units. */
  range: z.object({ start: place }).optional(),
});
const report = z.object({
  generalDiagnostics: z.array(diagnostic),
  summary: z.object({ filesAnalyzed: z.number().int(), errorCount: z.number().int() }),
});

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { project, paths, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const argv = ["pyright", "--outputjson", ...(project === undefined ? [] : ["--project", project]), ...paths.map(asPath)];
  const outcome = await workspace.run({ argv, env: LAUNCHER, timeoutMs, network, ...(signal && { signal }) });
  const { durationMs } = outcome;
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (!CODES.includes(codeOf(outcome))) return fault("crashed", name, lastWords(outcome), durationMs);
  const seen = outcome.truncated ? undefined : report.safeParse(jsonIn(outcome.stdout)).data;
  const errors = seen?.generalDiagnostics.filter(({ severity }) => severity === "error") ?? [];
  if (!seen || seen.summary.filesAnalyzed === 0 || errors.length !== seen.summary.errorCount) {
    return fault("unreadable", name, lastWords(outcome), durationMs);
  }
  return { kind: "read", check: name, findings: errors.map((one) => toFinding(name, workspace.root, one)), durationMs };
}

/** pyright takes no `--` before its operands. */
function asPath(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** What does not parse has no rule. */
const SYNTAX = "syntax";

function toFinding(by: string, root: string, { file, message, rule = SYNTAX, range }: z.infer<typeof diagnostic>): Finding {
  const { line, character } = range?.start ?? { line: 0, character: 0 };
  return finding({
    by,
    tool: "pyright",
    rule,
    category: categoryOf("pyright", rule),
    message: withoutRoot(root, message),
    at: { file: repositoryPath(root, "", file.replaceAll("\\", "/")), line: line + 1, column: character + 1 },
  });
}

const CONFIGURATION = "pyrightconfig.json";
const manifest = z.object({ devDependencies: z.record(z.string(), z.unknown()).default({}), dependencies: z.record(z.string(), z.unknown()).default({}) });

async function detect(project: Project) {
  if (pythonFiles(project).length === 0) return [];
  const python = await readPythonProject(project);
  const isUsed = python.has(CONFIGURATION) || python.tool("pyright") !== undefined || python.requires("pyright") || (await isInManifest(project));
  return isUsed ? [{ name: "pyright", use: "pyright" }] : [];
}

async function isInManifest(project: Project): Promise<boolean> {
  const { devDependencies = {}, dependencies = {} } = manifest.safeParse(jsonIn((await project.readText("package.json")) ?? "")).data ?? {};
  return "pyright" in devDependencies || "pyright" in dependencies;
}

export const validator: Validator = {
  name: "pyright",
  summary: "Type-checks Python with the project's pyright and reads its errors.",
  protects: ["**/pyrightconfig.json", "**/pyproject.toml"],
  program: { version: ["pyright", "--version"], install: "npm install --save-dev pyright" },
  options,
  detect,
  create: (definition) => ({
    definition,
    expense: 3,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
