/**
 * Finds a repository's cargo workspaces, and whether its people use clippy. A manifest below another one is its member,
 * its path dependency, or something that its people keep apart (fuzzing, examples with a lockfile of their own): the upper
 * one is what their green means. Reads TOML by its headers alone.
 */
import { posix } from "node:path";
import type { Project } from "../../domain/plugin.ts";

const MANIFEST = "Cargo.toml";
/** What is data of a test, somebody else's, or made by a build. */
const APART = /(?:^|\/)(?:vendor|target|node_modules|tests?|fixtures?|testdata)\//;
/** More workspaces than these are nobody's. */
const MAX_WORKSPACES = 50;
/** Files that are looked into for a mention of clippy. */
const MAX_FILES = 200;

/** The manifests to run cargo with. */
export function findWorkspaces({ files }: Project): string[] {
  const folders = new Set(files.filter((path) => posix.basename(path) === MANIFEST && !APART.test(path)).map((path) => posix.dirname(path)));
  const outermost = [...folders].filter((folder) => !above(folder).some((one) => folders.has(one)));
  return outermost.sort().slice(0, MAX_WORKSPACES).map((folder) => posix.join(folder, MANIFEST));
}

function above(folder: string): string[] {
  return folder === "." ? [] : [posix.dirname(folder), ...above(posix.dirname(folder))];
}

/** Whether the project says itself that it wants clippy's word: by a setting, a table of lints, or what it runs. */
export async function usesClippy(project: Project): Promise<boolean> {
  if (project.files.some((path) => SETTINGS.test(path))) return true;
  const telling = project.files.filter((path) => RUNS.test(path) || posix.basename(path) === MANIFEST).slice(0, MAX_FILES);
  for (const path of telling) {
    const text = (await project.readText(path)) ?? "";
    if (posix.basename(path) === MANIFEST ? LINTS.test(text) : /\bclippy\b/.test(text)) return true;
  }
  return false;
}

const SETTINGS = /^(?:.*\/)?\.?clippy\.toml$/;
const LINTS = /^\s*\[\s*(?:workspace\.)?lints\.clippy\s*\]/m;
/** Where a project writes down what it runs. */
const RUNS =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.travis\.yml|\.circleci\/config\.yml|azure-pipelines\.yml|\.pre-commit-config\.yaml|Makefile|[Jj]ustfile)$/;
