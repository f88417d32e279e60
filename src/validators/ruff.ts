/**
 * ruff: the project's own (in its virtual environment) or the one on the PATH, with the fixes that it grades as safe,
 * unsafe or for display; where there is none, ruff's WebAssembly build that comes with stet, in a worker of its own. That
 * build knows no file names and grades no fix, so `workers/ruff` looks for the configuration and grades by a list. Where
 * a project configures no rules, E9 and F are checked: what cannot run, and names that lead nowhere.
 *
 * Notebooks are left out: a position in a cell is no position in the file. Never lets ruff write a file or a cache.
 */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Finding } from "../domain/finding.ts";
import type { Oracle } from "../domain/oracle.ts";
import type { CheckDefinition, Outcome, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { openFileOracle } from "./shared/file-oracle.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./shared/outcome.ts";
import { areOfOthers } from "./shared/other-languages.ts";
import { repositoryPath } from "./shared/paths.ts";
import { pythonFiles, readPythonProject } from "./shared/python-project.ts";
import { ownRuff } from "./shared/ruff-build.ts";
import { lined, NOTEBOOK, parseRuffReport, ruffFinding, type Lined, type RuffViolation } from "./shared/ruff-report.ts";
import type { RuffQuestion } from "./workers/ruff/protocol.ts";

const options = {
  paths: z.array(z.string().min(1)).min(1).default(["."]).describe("Files and folders to lint."),
  select: z.array(z.string().min(1)).min(1).optional().describe("Rules in place of those that the project selects; `E9` and `F` where it was found to configure nothing."),
};

/** What is checked where nobody selects. */
const DEFAULT_RULES = ["E9", "F"];

/** ruff's codes for "linted"; 2 is a fault of its own, of its configuration or of an option that it does not know. */
const CODES: readonly number[] = [0, 1];
/** What ruff says on standard error where the paths hold nothing for it. */
const NOTHING_FOUND = /No Python files found/;

const WORKER = fileURLToPath(new URL(`./workers/ruff.worker${import.meta.url.slice(-3)}`, import.meta.url));
/** V8's heap in the worker; the linter's own memory stands beside it. */
const MAX_HEAP_MB = 1_024;
/** V8 compiles the linter once and quickly: to make it faster takes six seconds of a core, and 320,000 lines are linted in three. */
const COMPILE_ONCE = "--liftoff-only";

/** `only`: these files in place of the paths that the check names, as far as ruff would lint them. */
async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal, only?: readonly string[]): Promise<Reading> {
  const { name: check } = definition;
  const { paths, select, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const common = { timeoutMs, network, ...(signal && { signal }) };
  const rules = select?.join(",");
  const flags = ["--output-format", "json", "--no-fix", "--no-cache", "--force-exclude", ...(rules === undefined ? [] : ["--select", rules])];
  const own = await workspace.run({ argv: ["ruff", "check", ...flags, "--", ...(only ?? paths)], ...common });
  const outcome = isMissing(own) ? await workspace.run({ ...builtIn({ paths, ...(select && { select }), ...(only && { only: [...only] }) }), ...common }) : own;
  if (!only && NOTHING_FOUND.test(outcome.stderr)) return fault("unreadable", check, lastWords(outcome), outcome.durationMs);
  const seen = violationsIn(check, outcome);
  return "kind" in seen ? seen : { kind: "read", check, findings: await findingsOf(seen, check, workspace), durationMs: outcome.durationMs };
}

function violationsIn(check: string, outcome: Outcome): readonly RuffViolation[] | Fault {
  const failure = faultOf(check, outcome);
  if (failure) return failure;
  const code = codeOf(outcome);
  if (!CODES.includes(code)) return fault("crashed", check, lastWords(outcome), outcome.durationMs);
  const seen = outcome.truncated ? undefined : parseRuffReport(outcome.stdout);
  const isWhole = seen !== undefined && (code === 0) === (seen.length === 0);
  return isWhole ? seen : fault("unreadable", check, lastWords(outcome), outcome.durationMs);
}

function isMissing({ ended }: Outcome): boolean {
  return ended.kind === "missing" || (ended.kind === "exited" && (ended.code === 126 || ended.code === 127));
}

function builtIn(question: RuffQuestion) {
  return { argv: [process.execPath, `--max-old-space-size=${MAX_HEAP_MB}`, COMPILE_ONCE, WORKER], stdin: JSON.stringify(question) };
}

/** Each file's text is read once, however much is found in it. */
async function findingsOf(seen: readonly RuffViolation[], check: string, workspace: Workspace): Promise<Finding[]> {
  const { root } = workspace;
  const texts = new Map<string, Lined | undefined>();
  const findings: Finding[] = [];
  for (const one of seen) {
    const file = repositoryPath(root, "", one.filename.replaceAll("\\", "/"));
    if (file.endsWith(NOTEBOOK)) continue;
    if (!texts.has(file)) {
      const text = isInside(file) ? await workspace.readText(file) : undefined;
      texts.set(file, text === undefined ? undefined : lined(text));
    }
    findings.push(ruffFinding(one, { check, root, file, text: texts.get(file) }));
  }
  return findings;
}

/** A finding outside of the repository is told, and nothing is read or edited there. */
function isInside(file: string): boolean {
  return !file.startsWith("../") && !/^(?:\/|[A-Za-z]:)/.test(file);
}

/** Rules that look beyond their file: whether a package has an `__init__.py`, which modules are the project's own. */
const BEYOND_THE_FILE = /^(?:INP|I00|EXE|A005|TID252|RUF200)/;

/** Those rules may see more when all is linted. */
function openOracle(definition: CheckDefinition): Oracle {
  const { paths } = z.object(options).parse(definition);
  const isLinted = (file: string): boolean =>
    /\.pyi?$/.test(file) && paths.some((path) => path === "." || file === path || file.startsWith(`${path}/`));
  return openFileOracle(isLinted, (workspace, signal, files) => read(definition, workspace, signal, files), true);
}

const SETTINGS = /(?:^|\/)\.?ruff\.toml$/;

async function detect(project: Project) {
  if (pythonFiles(project).length === 0) return [];
  const python = await readPythonProject(project);
  const isConfigured = python.tool("ruff") !== undefined || project.files.some((file) => SETTINGS.test(file));
  if (!isConfigured && !python.requires("ruff") && !python.requires("ruff-check")) return [];
  return [{ name: "ruff", use: "ruff", ...(!isConfigured && { select: DEFAULT_RULES }) }];
}

export const validator: Validator = {
  name: "ruff",
  summary: "Lints Python with the project's ruff, or with the WebAssembly build that stet brings, and collects its fixes.",
  protects: ["**/ruff.toml", "**/.ruff.toml", "**/pyproject.toml"],
  program: { version: ["ruff", "--version"], install: "pip install ruff", ownCopy: ownRuff },
  narrow: "by file",
  options,
  detect,
  create: (definition) => ({
    definition,
    expense: 1,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
    isBlindTo: (changes) => areOfOthers("python", changes),
    isOfItsFile: ({ rule }) => !BEYOND_THE_FILE.test(rule),
    openOracle: () => openOracle(definition),
  }),
};
