/**
 * Finds a project's tsconfig files. Here because a workspace monorepo states them in three places. Never follows
 * `extends`: what it brings does not decide which projects there are.
 */
import { posix } from "node:path";
import { parse } from "jsonc-parser";
import picomatch from "picomatch";
import { z } from "zod";
import type { Project } from "../../domain/plugin.ts";

export interface TscProjects {
  readonly projects: readonly string[];
  /** Whether a project refers to others, which then have to be built in order. */
  readonly build: boolean;
}

const ROOT = "tsconfig.json";

/** The root's tsconfig where it covers anything, else those of the workspace's packages; undefined where none is. */
export async function findTscProjects(project: Project): Promise<TscProjects | undefined> {
  const root = await readConfig(project, ROOT);
  if (root && (root.references.length > 0 || root.files?.length !== 0)) {
    return { projects: [ROOT], build: root.references.length > 0 };
  }
  const projects = await packageConfigs(project);
  const configs = await Promise.all(projects.map((path) => readConfig(project, path)));
  const build = configs.some((config) => (config?.references.length ?? 0) > 0);
  return projects.length === 0 ? undefined : { projects, build };
}

const configShape = z.object({
  files: z.array(z.string()).optional(),
  references: z.array(z.object({ path: z.string() })).default([]),
});

/** What a tsconfig says of its parts; a file that is none says nothing, and the compiler will say what is wrong. */
async function readConfig(project: Project, path: string): Promise<z.infer<typeof configShape> | undefined> {
  if (!project.files.includes(path)) return undefined;
  const text = (await project.readText(path)) ?? "";
  return configShape.safeParse(parse(text, [], { allowTrailingComma: true })).data ?? { references: [] };
}

async function packageConfigs(project: Project): Promise<string[]> {
  const globs = (await workspaceGlobs(project)).map((glob) => glob.replace(/^(!?)\.\//, "$1").replace(/\/+$/, ""));
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  if (wanted.length === 0) return [];
  const ignore = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const isPackage = picomatch(wanted, { ignore });
  return project.files.filter((path) => posix.basename(path) === ROOT && isPackage(posix.dirname(path)));
}

const globs = z.array(z.string());
const packageShape = z.object({
  workspaces: z.union([globs, z.object({ packages: globs.default([]) }).transform(({ packages }) => packages)]),
});

/** npm, Yarn and Bun state them in package.json, pnpm in a file of its own. */
async function workspaceGlobs(project: Project): Promise<string[]> {
  const manifest = packageShape.safeParse(parse((await project.readText("package.json")) ?? ""));
  return [...(manifest.data?.workspaces ?? []), ...pnpmGlobs((await project.readText("pnpm-workspace.yaml")) ?? "")];
}

/** The list below `packages:`, in the one form that pnpm's own documentation uses: `  - "packages/*"`. */
function pnpmGlobs(yaml: string): string[] {
  const lines = yaml.split(/\r?\n/).filter((line) => !/^\s*(#|$)/.test(line));
  const start = lines.findIndex((line) => /^packages:\s*(#.*)?$/.test(line)) + 1;
  if (start === 0) return [];
  const items = lines.slice(start).map((line) => /^\s*-\s*(?:"([^"]*)"|'([^']*)'|([^\s#]+))/.exec(line));
  const end = items.indexOf(null);
  return items.slice(0, end < 0 ? undefined : end).map((item) => item?.[1] ?? item?.[2] ?? item?.[3] ?? "");
}
