/** The commit that a run starts from, with its configuration and checks: read from git, never from the working files. */
import { basename, join, resolve } from "node:path";
import { Problem, EXIT } from "../domain/problem.ts";
import type { CheckDefinition, Project } from "../domain/plugin.ts";
import { readMaybe } from "../system/files.ts";
import { treeOf } from "../system/folders.ts";
import type { Git } from "../system/git.ts";
import { idOf } from "../system/objects.ts";
import { countUncommitted, type Repository } from "../system/repository.ts";
import { validators } from "../validators/index.ts";
import { checksOf } from "./checks.ts";
import { parseConfig, parseManifest, type Config } from "./config.ts";
import type { CommonOptions } from "./options.ts";
import { detectChecks, openProject } from "./project.ts";

export interface Base {
  readonly commit: string;
  readonly tree: string;
  readonly project: Project;
  readonly config: Config;
  /** Whether the configuration is a file of the checkout that the base does not have. */
  readonly uncommitted: boolean;
  readonly checks: readonly CheckDefinition[];
  /** Whether `checks` were found rather than configured. */
  readonly detected: boolean;
  /** Files with uncommitted changes, which a run does not see. */
  readonly changedFiles: number;
}

export const CONFIG_FILE = "stet.config.json";
const MANIFEST = "package.json";

type BaseOptions = Pick<CommonOptions, "base" | "config" | "cwd" | "coverageFloor">;
type Places = Pick<BaseOptions, "config" | "cwd"> & Pick<Repository, "checkout">;

/** Throws `Problem` where the revision is unknown, the configuration is wrong or there is nothing to check with. */
export async function openBase(repository: Repository, options: BaseOptions): Promise<Base> {
  const base = await lookAt(repository, options);
  if (base.checks.length === 0) throw new Problem("no-checks", { file: CONFIG_FILE }, EXIT.config);
  return base;
}

/** As `openBase`, without the demand that there is a check. */
export async function lookAt(repository: Repository, options: BaseOptions): Promise<Base> {
  const { git, checkout } = repository;
  const { base: revision = "HEAD" } = options;
  const [{ commit, tree, project }, changedFiles] = await Promise.all([standAt(repository, revision), countChanges(git, checkout)]);
  const { config, uncommitted } = await readConfig(project, { ...options, checkout });
  const checks = await checksOf(project, config, options);
  return { commit, tree, project, config, uncommitted, checks, detected: !config.checks, changedFiles };
}

/** What detection finds in HEAD, whatever is configured. Throws `Problem` (78) where that is nothing. */
export async function detectAt(repository: Repository): Promise<readonly CheckDefinition[]> {
  const { project } = await standAt(repository, "HEAD");
  const checks = await detectChecks(project, validators);
  if (checks.length === 0) throw new Problem("no-checks", { file: CONFIG_FILE }, EXIT.config);
  return checks;
}

async function standAt({ git, checkout }: Repository, revision: string): Promise<Pick<Base, "commit" | "tree" | "project">> {
  const commit = await resolveCommit(git, revision);
  const tree = await treeOf(git, commit);
  return { commit, tree, project: await openProject(git, tree, checkout) };
}

async function resolveCommit(git: Git, revision: string): Promise<string> {
  const commit = await idOf(git, `${revision}^{commit}`);
  if (commit !== undefined) return commit;
  if (revision === "HEAD") throw new Problem("no-commits", {}, EXIT.noInput);
  throw new Problem("unknown-revision", { revision }, EXIT.noInput);
}

/** None in a repository without a commit: there is nothing that they could differ from. */
async function countChanges(git: Git, checkout: string): Promise<number> {
  const head = await idOf(git, "HEAD^{commit}");
  return head === undefined ? 0 : countUncommitted(git, checkout);
}

interface Found {
  readonly config: Config;
  readonly uncommitted: boolean;
}

/** What the command line names; else the base's own; else a file in the checkout that was not committed yet. */
async function readConfig(project: Project, { checkout, cwd, config: named }: Places): Promise<Found> {
  if (named !== undefined) return { config: await readNamed(resolve(cwd, named), named), uncommitted: false };
  const own = await readOwn(project);
  if (own) return { config: own, uncommitted: false };
  const text = await readMaybe(join(checkout, CONFIG_FILE));
  return { config: text === undefined ? {} : parseConfig(text, CONFIG_FILE), uncommitted: text !== undefined };
}

async function readNamed(path: string, file: string): Promise<Config> {
  const text = await readMaybe(path);
  if (text === undefined) throw new Problem("config-missing", { file }, EXIT.noInput);
  return basename(path) === MANIFEST ? (parseManifest(text, file) ?? {}) : parseConfig(text, file);
}

async function readOwn(project: Project): Promise<Config | undefined> {
  if (project.files.includes(CONFIG_FILE)) {
    const text = await project.readText(CONFIG_FILE);
    if (text === undefined) throw new Problem("config-unreadable", { file: CONFIG_FILE }, EXIT.config);
    return parseConfig(text, CONFIG_FILE);
  }
  const manifest = await project.readText(MANIFEST);
  return manifest === undefined ? undefined : parseManifest(manifest, MANIFEST);
}
