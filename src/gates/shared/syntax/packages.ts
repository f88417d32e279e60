/**
 * Which packages a project has, as far as texts tell: what its manifests name, what the file itself imports already, what
 * comes with the language. What cannot be shown to be there counts as new.
 */
import { isBuiltin } from "node:module";
import type { BaseFile } from "../../../domain/plugin.ts";
import type { SyntaxLanguage } from "../../../domain/syntax.ts";
import { withLeadingFolders } from "../../../domain/paths.ts";
import { PYTHON_STANDARD } from "./python-standard.ts";

/** Where a project names what it depends on; nobody may change these under a policy that keeps dependencies. */
export const MANIFESTS: readonly string[] = [
  "package.json", "pyproject.toml", "requirements.txt", "setup.py", "setup.cfg", "Pipfile", "Cargo.toml", "go.mod",
  "Gemfile", "composer.json", "pom.xml", "build.gradle", "build.gradle.kts", "CMakeLists.txt", "vcpkg.json",
];
/** And where the versions stand that were chosen. */
const LOCKFILES = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|uv\.lock|poetry\.lock|Pipfile\.lock|Cargo\.lock|go\.(?:sum|work)|Gemfile\.lock|composer\.lock|requirements[\w.-]*\.txt|[\w.-]*\.(?:csproj|fsproj|vbproj|gemspec))$/i;

export function namesDependencies(file: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1).toLowerCase();
  return MANIFESTS.some((one) => one.toLowerCase() === name) || LOCKFILES.test(file);
}

/** Those that are read to know what is there. */
const READ: Readonly<Partial<Record<SyntaxLanguage, readonly string[]>>> = {
  script: ["package.json"],
  python: ["pyproject.toml", "requirements.txt", "setup.py", "setup.cfg", "Pipfile"],
  rust: ["Cargo.toml"],
  go: ["go.mod"],
};

/** In the folder of the file and all above it. */
export function foldersAbove(file: string): string[] {
  return ["", ...withLeadingFolders(file).slice(0, -1).map((folder) => `${folder}/`)];
}

export function manifestsFor(file: string): string[] {
  return foldersAbove(file).flatMap((folder) => Object.values(READ).flat().map((name) => folder + name));
}

/** Where a module of the project's own would stand in Python. */
export function pythonModule(file: string, name: string): string[] {
  return foldersAbove(file).flatMap((folder) => [`${folder}${name}.py`, `${folder}${name}/__init__.py`, `${folder}src/${name}/__init__.py`]);
}

export interface Surroundings {
  readonly file: string;
  readonly base: ReadonlyMap<string, BaseFile>;
}

export function isThere(language: SyntaxLanguage, name: string, { file, base }: Surroundings): boolean {
  if (isStandard(language, name)) return true;
  const isText = (path: string): boolean => base.get(path)?.kind === "text";
  if (language === "python" && pythonModule(file, name).some(isText)) return true;
  const manifests = foldersAbove(file).flatMap((folder) => (READ[language] ?? []).map((one) => textOf(base, folder + one)));
  return manifests.some((text) => NAMES[language]?.(text, name) === true);
}

function textOf(base: Surroundings["base"], path: string): string {
  const file = base.get(path);
  return file?.kind === "text" ? file.text : "";
}

function isStandard(language: SyntaxLanguage, name: string): boolean {
  return STANDARD[language]?.(name) === true;
}

const STANDARD: Readonly<Partial<Record<SyntaxLanguage, (name: string) => boolean>>> = {
  script: (name) => isBuiltin(name),
  python: (name) => PYTHON_STANDARD.has(name),
  rust: (name) => ["std", "core", "alloc", "crate", "self", "super"].includes(name),
  // An address has a dot in its first part.
  go: (name) => !(name.split("/")[0] ?? "").includes("."),
  java: (name) => /^javax?(?:\.|$)/.test(name),
  csharp: (name) => name === "System",
};

/** Whether a manifest's text names the package. */
const NAMES: Readonly<Partial<Record<SyntaxLanguage, (text: string, name: string) => boolean>>> = {
  script: (text, name) => {
    const manifest = parsed(text);
    const tables = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].map((table) => manifest[table]);
    const named = (wanted: string): boolean => tables.some((table) => typeof table === "object" && table !== null && Object.hasOwn(table, wanted));
    return manifest["name"] === name || named(name) || named(`@types/${name.replace(/^@/, "").replace("/", "__")}`);
  },
  python: (text, name) => words(text).has(normal(name)),
  rust: (text, name) => text.split("\n").some((line) => crate(line) === name),
  go: (text, name) => [...text.matchAll(/^\s*(?:module|require)?\s*([\w.~-]+(?:\/[\w.~-]+)*)(?:\s+v|\s*$)/gm)].some(([, path = ""]) => name === path || name.startsWith(`${path}/`)),
};

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** `tokio = "1"`, `tokio.workspace = true`, `[dependencies.tokio]`, `name = "own"` */
function crate(line: string): string | undefined {
  const own = /^\s*name\s*=\s*"([\w-]+)"/.exec(line)?.[1];
  const key = /^\s*\[(?:[\w'".()-]+\.)*dependencies\.([\w-]+)\]/.exec(line)?.[1] ?? /^\s*"?([\w-]+)"?\s*(?:\.\s*[\w-]+\s*)?=/.exec(line)?.[1];
  return (own ?? key)?.replaceAll("-", "_");
}

function words(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/[A-Za-z0-9][\w.-]*/g)].map(([word]) => normal(word)));
}

/** PEP 503 */
function normal(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}
