/**
 * mypy, the project's own or the PATH's: its JSON where it knows that (1.11 and later), its text otherwise. It stops at
 * a file that does not parse and tells that alone: such a reading is one, but type errors that it hides show up when the
 * syntax is mended. Without a cache, so that what an earlier reading found decides nothing.
 */
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { CheckDefinition, Outcome, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { Lines } from "./shared/lines.ts";
import { parseMypyOutput, type MypyError } from "./shared/mypy-output.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./shared/outcome.ts";
import { repositoryPath, withoutRoot } from "./shared/paths.ts";
import { pythonFiles, readPythonProject, type PythonProject } from "./shared/python-project.ts";

const options = {
  paths: z.array(z.string().min(1)).default(["."]).describe("Files and folders to check; empty for those that mypy's configuration names."),
};

const TEXT = ["--show-column-numbers", "--show-error-codes", "--no-error-summary", "--no-pretty", "--no-color-output", "--cache-dir", "/dev/null"];
const JSON_LINES = ["--output", "json"];
const UNKNOWN_OPTION = /unrecognized arguments: .*--output|ambiguous option: --output|argument -O\/--output/;

/** 0: nothing found, 1: errors, 2: it could not go on, which is also said of a file that does not parse. */
const CODES: readonly number[] = [0, 1];
const STOPPED = 2;

/** What a check learns from its first reading. */
interface Learnt {
  /** This mypy knows no JSON. */
  isOld: boolean;
}

async function read(definition: CheckDefinition, learnt: Learnt, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { paths, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const run = (more: readonly string[]): Promise<Outcome> =>
    workspace.run({ argv: ["mypy", ...TEXT, ...more, "--", ...paths], timeoutMs, network, ...(signal && { signal }) });
  const asked = learnt.isOld ? undefined : await run(JSON_LINES);
  learnt.isOld ||= asked !== undefined && UNKNOWN_OPTION.test(asked.stderr);
  const outcome = asked && !learnt.isOld ? asked : await run([]);
  const errors = errorsIn(name, outcome);
  if ("kind" in errors) return errors;
  return { kind: "read", check: name, findings: await findingsOf(errors, name, workspace), durationMs: outcome.durationMs };
}

const SYNTAX = "syntax";

function errorsIn(check: string, outcome: Outcome): readonly MypyError[] | Fault {
  const failure = faultOf(check, outcome);
  if (failure) return failure;
  const errors = outcome.truncated ? undefined : parseMypyOutput(outcome.stdout);
  const code = codeOf(outcome);
  const isStopped = code === STOPPED && errors !== undefined && errors.length > 0 && errors.every((error) => error.code === SYNTAX);
  if (!CODES.includes(code) && !isStopped) return fault("crashed", check, lastWords(outcome), outcome.durationMs);
  if (!errors || (code === 0) !== (errors.length === 0)) return fault("unreadable", check, lastWords(outcome), outcome.durationMs);
  return errors;
}

async function findingsOf(errors: readonly MypyError[], by: string, workspace: Workspace): Promise<Finding[]> {
  const texts = new Map<string, Lines | undefined>();
  const findings: Finding[] = [];
  for (const { file: path, line, before, code, message } of errors) {
    const file = repositoryPath(workspace.root, "", path.replaceAll("\\", "/"));
    if (!texts.has(file)) texts.set(file, await linesOf(file, workspace));
    const column = texts.get(file)?.column(line, before, "byte") ?? before + 1;
    const category = categoryOf("mypy", code);
    findings.push(finding({ by, tool: "mypy", rule: code, category, message: withoutRoot(workspace.root, message), at: { file, line, column } }));
  }
  return findings;
}

/** Files outside of the repository (stubs of packages) are not opened. */
async function linesOf(file: string, workspace: Workspace): Promise<Lines | undefined> {
  const isInside = file !== "" && !file.startsWith("../") && !/^(?:\/|[A-Za-z]:)/.test(file);
  const text = isInside ? await workspace.readText(file) : undefined;
  return text === undefined ? undefined : new Lines(text);
}

/** What names the files to check. */
const TARGETS = ["files", "packages", "modules"];

async function detect(project: Project) {
  if (pythonFiles(project).length === 0) return [];
  const python = await readPythonProject(project);
  const table = python.tool("mypy");
  const section = sectionOf(python);
  if (table === undefined && section === undefined && !python.requires("mypy")) return [];
  const hasTargets = TARGETS.some((key) => (table !== undefined && key in table) || new RegExp(`^${key}\\s*=`, "m").test(section ?? ""));
  return [{ name: "mypy", use: "mypy", ...(hasTargets && { paths: [] }) }];
}

function sectionOf(python: PythonProject): string | undefined {
  return ["mypy.ini", ".mypy.ini", "setup.cfg"].map((file) => python.section(file, "mypy")).find((section) => section !== undefined);
}

export const validator: Validator = {
  name: "mypy",
  summary: "Type-checks Python with the project's mypy and reads its errors.",
  protects: ["**/mypy.ini", "**/.mypy.ini", "**/setup.cfg", "**/pyproject.toml"],
  program: { version: ["mypy", "--version"], install: "pip install mypy" },
  options,
  detect,
  create: (definition) => {
    const learnt: Learnt = { isOld: false };
    return {
      definition,
      expense: 3,
      deterministic: true,
      read: (workspace, signal) => read(definition, learnt, workspace, signal),
    };
  },
};
