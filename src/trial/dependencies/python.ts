/**
 * A Python project's virtual environments: those in the checkout that it does not track, at the root and beside each
 * `pyproject.toml`, `setup.py` and `setup.cfg`. stet makes none: where the tree's lockfile is another than the
 * checkout's, what is installed is not what the tree asks for, and that is said. Never looks at `requirements.txt`,
 * which locks nothing.
 */
import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { reason } from "../../domain/reason.ts";
import { readBytes } from "../../system/files.ts";
import type { Git } from "../../system/git.ts";
import { blobIds } from "../../system/objects.ts";
import { ENVIRONMENT_NAMES, environmentFingerprint, interpreterPaths, isEnvironment, type Environment } from "../../system/sandbox/environments.ts";
import type { LinkedFolder } from "../../system/sandbox/links.ts";
import { real } from "../../system/sandbox/paths.ts";
import { EditableFault, patchesFor, type Patch } from "../../system/sandbox/relocation.ts";
import { entriesAt } from "../../system/tree.ts";
import { DependencyFault } from "./fault.ts";
import { Manifests } from "./manifests.ts";

/** What states all versions of an environment, with the command that installs them. */
const LOCKFILES: Readonly<Record<string, string>> = {
  "uv.lock": "uv sync",
  "poetry.lock": "poetry install",
  "pdm.lock": "pdm sync",
  "Pipfile.lock": "pipenv sync",
};

const MANIFESTS = ["pyproject.toml", "setup.py", "setup.cfg"];

export class PythonEnvironments {
  readonly #git: Git;
  readonly #checkout: string;
  readonly #manifests: Manifests;

  constructor(git: Git, checkout: string) {
    this.#git = git;
    this.#checkout = checkout;
    this.#manifests = new Manifests(git, MANIFESTS);
  }

  /** Those that the tree can have, whether or not they are what it asks for. */
  async find(tree: string): Promise<Environment[]> {
    const root = this.#checkout;
    const folders = new Set(["", ...(await this.#manifests.foldersOf(tree))]);
    const places = [...folders].flatMap((folder) => ENVIRONMENT_NAMES.map((name) => ({ folder, name, place: join(folder, name) })));
    const there = places.filter(({ place }) => isEnvironment(join(root, place)));
    if (there.length === 0) return activated(root);
    const tracked = await entriesAt(this.#git, tree, there.map(({ place }) => place));
    return there
      .filter(({ place }) => !tracked.has(place))
      .map(({ folder, name, place }) => ({ root: real(root), folder, name, path: real(join(root, place)) }));
  }

  /** The same, for a tree to be read with. Throws `DependencyFault` where one is installed from another lockfile. */
  async sources(tree: string): Promise<Environment[]> {
    const found = await this.find(tree);
    const locks = found.flatMap(({ folder }) => Object.entries(LOCKFILES).map(([name, command]) => ({ file: join(folder, name), command })));
    const asked = locks.length > 0 ? await entriesAt(this.#git, tree, locks.map(({ file }) => file)) : new Map<string, { id: string }>();
    for (const { file, command } of locks) {
      const entry = asked.get(file);
      if (!entry) continue;
      const own = await readBytes(join(this.#checkout, file));
      if (!own || !blobIds(own).includes(entry.id)) throw new DependencyFault(reason("dependencies", "environment-stale", { file, command, detail: `${file} (${command})` }));
    }
    return found;
  }
}

/** The place of an environment that stands elsewhere. */
const ELSEWHERE = ".venv";

/** One that is kept elsewhere (Poetry, Pipenv) and was entered before stet was started. */
function activated(root: string): Environment[] {
  const path = process.env["VIRTUAL_ENV"] ?? "";
  if (!isAbsolute(path) || !isEnvironment(path)) return [];
  const place = relative(real(root), real(path));
  const { folder, name } = place.startsWith("..") ? { folder: "", name: ELSEWHERE } : { folder: dirname(place).replace(/^\.$/, ""), name: basename(place) };
  return [{ root: real(root), folder, name, path: real(path) }];
}

/** A folder of another name than `node_modules` may be one that the project's own prepare command has made. */
function asEnvironment({ name, ...rest }: LinkedFolder): Environment | undefined {
  return name === undefined || !isEnvironment(rest.path) ? undefined : { ...rest, name };
}

/** What is installed; undefined where the source is no environment. */
export function environmentIdentity(source: LinkedFolder): string | undefined {
  return asEnvironment(source) && environmentFingerprint(source.path);
}

/** Host paths that the interpreters of these sources need. */
export function interpretersOf(sources: readonly LinkedFolder[]): string[] {
  return sources.map(asEnvironment).flatMap((environment) => (environment ? interpreterPaths(environment) : []));
}

/** Throws `DependencyFault` where an editable installation cannot be led to the tree below `target`. */
export function environmentPatches(source: LinkedFolder, target: string): Patch[] {
  const environment = asEnvironment(source);
  try {
    return environment ? patchesFor(environment, target) : [];
  } catch (error) {
    if (error instanceof EditableFault) throw new DependencyFault(reason("dependencies", "environment-editable", { file: error.file }));
    throw error;
  }
}
