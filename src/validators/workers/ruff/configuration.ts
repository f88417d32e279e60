/**
 * Finds ruff's configuration for a file and makes of it what the WebAssembly build can take, which knows no file names:
 * what depends on them is done here (`exclude`, `per-file-ignores`), and rules that look at other files are left out.
 * A configuration that cannot be followed is a fault; to lint by another one would be a lie.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import picomatch from "picomatch";
import { parse } from "smol-toml";
import { z } from "zod";

/** The configuration that holds for the files of a folder. */
export interface Configuration {
  /** As ruff's own options, without what depends on file names. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether ruff would pass over the file. */
  isExcluded(file: string): boolean;
  /** Code prefixes that are not told of this file. */
  ignored(file: string): readonly string[];
}

const names = z.array(z.string()).default([]);
const ignores = z.record(z.string(), z.array(z.string())).default({});
const shared = { exclude: names, "per-file-ignores": ignores, "extend-per-file-ignores": ignores };
const section = z.looseObject({ select: z.array(z.string()).optional(), "extend-select": names, ignore: names, "extend-ignore": names, ...shared });
const settings = section.extend({
  exclude: z.array(z.string()).optional(),
  "extend-exclude": names,
  extend: z.string().optional(),
  lint: section.default(section.parse({})),
});
type Settings = z.infer<typeof settings>;
const manifest = z.looseObject({
  project: z.looseObject({ "requires-python": z.string().optional() }).optional(),
  tool: z.looseObject({ ruff: settings.optional() }).optional(),
});

/** https://docs.astral.sh/ruff/settings/#exclude */
const EXCLUDED = [
  ...[".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pants.d"],
  ...[".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv", ".vscode", "__pypackages__", "_build"],
  ...["buck-out", "build", "dist", "node_modules", "site-packages", "venv"],
];
/** Rules that look at the file system or at which module is the project's own, neither of which is known here. */
const BLIND = ["I001", "I002", "INP", "EXE", "TID252", "A005", "RUF200"];
/** Folders above a file that are looked into. */
const MAX_DEPTH = 100;

/** The nearest configuration at or above `folder` (relative, `""` for the root); that of `known` folders is kept there. */
export function configurationFor(folder: string, known: Map<string, Configuration>, select?: readonly string[]): Configuration {
  const found = known.get(folder) ?? read(folder, select) ?? (folder === "" ? made("", settings.parse({}), {}, select) : undefined);
  const above = found ?? configurationFor(folder.split("/").slice(0, -1).slice(0, MAX_DEPTH).join("/"), known, select);
  known.set(folder, above);
  return above;
}

function read(folder: string, select: readonly string[] | undefined): Configuration | undefined {
  for (const name of [".ruff.toml", "ruff.toml"]) {
    const path = join(folder, name);
    if (existsSync(path)) return made(folder, settings.parse(parse(readFileSync(path, "utf8"))), targetOf(projectIn(folder)), select);
  }
  const { tool } = projectIn(folder);
  return tool?.ruff ? made(folder, tool.ruff, targetOf(projectIn(folder)), select) : undefined;
}

function projectIn(folder: string): z.infer<typeof manifest> {
  const path = join(folder, "pyproject.toml");
  return existsSync(path) ? manifest.parse(parse(readFileSync(path, "utf8"))) : {};
}

/** ruff takes the lowest version that the project says it runs on. */
function targetOf({ project }: z.infer<typeof manifest>): Readonly<Record<string, unknown>> {
  const [, minor] = /(?:>=|~=|==)\s*3\.(\d+)/.exec(project?.["requires-python"] ?? "") ?? [];
  return minor === undefined || Number(minor) < 7 ? {} : { "target-version": `py3${minor}` };
}

function made(folder: string, given: Settings, target: Readonly<Record<string, unknown>>, select?: readonly string[]): Configuration {
  const { extend, exclude = EXCLUDED, lint } = given;
  if (extend !== undefined) throw new Error(`ruff's configuration extends ${extend}: install ruff to have it followed`);
  const passedOver = matcher(folder, [...exclude, ...given["extend-exclude"], ...lint.exclude]);
  const tables = [given, lint].flatMap((one) => [one["per-file-ignores"], one["extend-per-file-ignores"]]);
  const rules = tables.flatMap((table) => Object.entries(table)).map(([glob, codes]) => ({ fits: fileMatcher(folder, glob), codes }));
  const ignore = [...given.ignore, ...given["extend-ignore"], ...lint.ignore, ...lint["extend-ignore"], ...BLIND];
  const chosen = select ?? lint.select ?? given.select;
  return {
    options: { ...target, ...without(given, BY_NAME), lint: { ...without(lint, BY_NAME), ...(chosen && { select: chosen }), ignore } },
    isExcluded: passedOver,
    ignored: (file) => rules.filter(({ fits }) => fits(file)).flatMap(({ codes }) => codes),
  };
}

/** Options that depend on file names, and those that are put together anew. */
const BY_NAME = ["exclude", "extend-exclude", "per-file-ignores", "extend-per-file-ignores", "select", "ignore", "extend-ignore", "required-version"];

function without(table: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name)));
}

/** A pattern without a slash is for any part of the path, another one for the path from the configuration's folder. */
function matcher(folder: string, globs: readonly string[]): (file: string) => boolean {
  const matchers = globs.map((glob) => {
    const fits = picomatch(glob.replace(/^\.\//, "").replace(/\/+$/, ""), { dot: true });
    return glob.replace(/\/+$/, "").includes("/") ? (path: string) => fits(path) : (path: string) => fits(path.split("/").at(-1) ?? "");
  });
  return (file) => {
    const path = within(folder, file);
    for (let at = path; at !== "." && at !== ""; at = dirname(at)) if (matchers.some((fits) => fits(at))) return true;
    return false;
  };
}

/** `!` before a pattern means every file that does not fit it. */
function fileMatcher(folder: string, glob: string): (file: string) => boolean {
  const fits = matcher(folder, [glob.replace(/^!/, "")]);
  return glob.startsWith("!") ? (file) => !fits(file) : fits;
}

function within(folder: string, file: string): string {
  return folder === "" ? file : file.slice(folder.length + 1);
}
