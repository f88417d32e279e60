/**
 * What a Python project says of the tools that it uses: tables of pyproject.toml, sections of INI files, what it
 * requires, and its pre-commit hooks. Never runs `setup.py`, and never guesses: a file that cannot be read says nothing.
 */
import { posix } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import type { Project } from "../../domain/plugin.ts";

export interface PythonProject {
  /** Whether one of these files stands at the root. */
  has(...files: readonly string[]): boolean;
  /** The table `[tool.NAME]` of pyproject.toml. */
  tool(name: string): Readonly<Record<string, unknown>> | undefined;
  /** The text below `[NAME]` in an INI file at the root. */
  section(file: string, name: string): string | undefined;
  /** Whether a requirement, in whichever file they stand, or a pre-commit hook names it. */
  requires(name: string): boolean;
}

const PYPROJECT = "pyproject.toml";
const INI_FILES = ["setup.cfg", "tox.ini", "mypy.ini", ".mypy.ini", "pytest.ini", ".pytest.ini"];
const HOOKS = ".pre-commit-config.yaml";
const REQUIREMENTS = /^(?:requirements\/)?(?:[\w.-]*requirements[\w.-]*|(?<=\/)[\w.-]+)\.(?:txt|in)$/;
/** Requirement files beyond this many are not a project's own list any more. */
const MAX_REQUIREMENT_FILES = 30;

export async function readPythonProject(project: Project): Promise<PythonProject> {
  const { files } = project;
  const read = async (file: string): Promise<string> => (files.includes(file) ? ((await project.readText(file)) ?? "") : "");
  const pyproject = tableOf(await read(PYPROJECT));
  const ini = new Map(await Promise.all(INI_FILES.map(async (file): Promise<[string, string]> => [file, await read(file)])));
  const lists = files.filter((file) => REQUIREMENTS.test(file)).slice(0, MAX_REQUIREMENT_FILES);
  const lines = (await Promise.all(lists.map(read))).flatMap((text) => text.split(/\r?\n/));
  const hooks = [...(await read(HOOKS)).matchAll(/^\s*-\s*id:\s*["']?([\w-]+)/gm)].map(([, id = ""]) => id);
  const required = new Set([...lines, ...requirementsIn(pyproject), ...installRequires(ini.get("setup.cfg") ?? "")].map(nameOf));
  return {
    has: (...names) => names.some((name) => files.includes(name)),
    tool: (name) => record(record(pyproject["tool"])?.[name]),
    section: (file, name) => sectionOf(ini.get(file) ?? "", name),
    requires: (name) => required.has(name) || hooks.includes(name),
  };
}

/** The tracked files of Python's own suffix. */
export function pythonFiles({ files }: Project): string[] {
  return files.filter((file) => posix.extname(file) === ".py");
}

type Table = Readonly<Record<string, unknown>>;

function tableOf(text: string): Table {
  try {
    return parse(text);
  } catch {
    return {};
  }
}

const recordShape = z.record(z.string(), z.unknown());

function record(value: unknown): Table | undefined {
  return recordShape.safeParse(value).data;
}

/** Where pyproject.toml lists requirements: PEP 621 and 735, and the tables of Poetry, PDM, uv and Hatch. */
function requirementsIn(pyproject: Table): string[] {
  const project = record(pyproject["project"]);
  const tool = record(pyproject["tool"]);
  const poetry = record(tool?.["poetry"]);
  const groups = [poetry?.["group"], record(tool?.["hatch"])?.["envs"]].flatMap((one) => Object.values(record(one) ?? {}));
  const lists = [
    project?.["dependencies"],
    ...[project?.["optional-dependencies"], pyproject["dependency-groups"]].flatMap((one) => Object.values(record(one) ?? {})),
    ...Object.values(record(record(tool?.["pdm"])?.["dev-dependencies"]) ?? {}),
    record(tool?.["uv"])?.["dev-dependencies"],
    ...[poetry, ...groups.map(record)].flatMap((one) => [one?.["dependencies"], one?.["dev-dependencies"], one?.["extra-dependencies"]]),
  ];
  return lists.flatMap(namesIn);
}

/** A list of requirements, or a table with a key for each. */
function namesIn(list: unknown): string[] {
  if (Array.isArray(list)) return list.filter((one) => typeof one === "string");
  return Object.keys(record(list) ?? {});
}

/** What setup.cfg requires: indented lines below keys of the sections that setuptools reads. */
function installRequires(text: string): string[] {
  const sections = [sectionOf(text, "options"), sectionOf(text, "options.extras_require")];
  return sections.flatMap((section) => (section ?? "").split(/\r?\n/)).flatMap((line) => (/^\s+\S/.test(line) ? [line.trim()] : []));
}

/** The name of a requirement as PEP 503 writes it. */
function nameOf(requirement: string): string {
  const [, name = ""] = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement) ?? [];
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function sectionOf(text: string, name: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\[.*\]\s*$/.test(line));
  return rest.slice(0, end < 0 ? undefined : end).join("\n");
}
