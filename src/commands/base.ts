/** The commit that a run starts from, with its configuration and checks: read from git, never from the working files. */
import { join } from "node:path";
import { Problem, EXIT } from "../domain/problem.ts";
import type { CheckDefinition, Project } from "../domain/plugin.ts";
import { readMaybe } from "../system/files.ts";
import { countUncommitted, type Repository } from "../system/repository.ts";
import { validators } from "../validators/index.ts";
import { parseConfig, type Config } from "./config.ts";
import type { CommonOptions } from "./options.ts";
import { detectChecks, openProject } from "./project.ts";

export interface Base {
  readonly commit: string;
  readonly tree: string;
  readonly project: Project;
  readonly config: Config;
  readonly checks: readonly CheckDefinition[];
  /** Whether `checks` were found rather than configured. */
  readonly detected: boolean;
  /** Files with uncommitted changes, which a run does not see. */
  readonly changedFiles: number;
}

export const CONFIG_FILE = "stet.config.json";

type BaseOptions = Pick<CommonOptions, "base" | "config">;

/** Throws `Problem` where the revision is unknown, the configuration is wrong or there is nothing to check with. */
export async function openBase(repository: Repository, options: BaseOptions): Promise<Base> {
  const base = await lookAt(repository, options);
  if (base.checks.length === 0) throw new Problem("no-checks", { file: CONFIG_FILE }, EXIT.config);
  return base;
}

/** As `openBase`, without the demand that there is a check. */
export async function lookAt({ git, checkout }: Repository, options: BaseOptions): Promise<Base> {
  const revision = options.base ?? "HEAD";
  const commit = await git.maybe(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (commit === undefined) throw new Problem("unknown-revision", { revision }, EXIT.noInput);
  const tree = await git.text(["rev-parse", "--verify", `${commit}^{tree}`]);
  const project = await openProject(git, tree, checkout);
  const config = await readConfig(project, checkout, options.config);
  const checks = config.checks ?? (await detectChecks(project, validators));
  const changedFiles = await countUncommitted(git, checkout);
  return { commit, tree, project, config, checks, detected: !config.checks, changedFiles };
}

/** The base's own, or the file named on the command line, or one in the checkout that is not committed yet. */
async function readConfig(project: Project, checkout: string, named: string | undefined): Promise<Config> {
  if (named !== undefined) {
    const text = await readMaybe(named);
    if (text === undefined) throw new Problem("config-missing", { file: named }, EXIT.noInput);
    return parseConfig(text, named);
  }
  const own = project.files.includes(CONFIG_FILE)
    ? await project.readText(CONFIG_FILE)
    : await readMaybe(join(checkout, CONFIG_FILE));
  if (own !== undefined) return parseConfig(own, CONFIG_FILE);
  const manifest = await project.readText("package.json");
  return manifest !== undefined && /"stet"\s*:\s*\{/.test(manifest) ? parseConfig(manifest, "package.json") : {};
}
