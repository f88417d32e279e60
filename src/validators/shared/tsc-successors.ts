/**
 * Programs that check what `tsc` checks and the components of a framework besides. Where a project has one, `tsc` itself
 * would find no module behind an import of a component, and say everything else a second time. Reads no component.
 */
import type { Project } from "../../domain/plugin.ts";
import type { TscProjects } from "./tsc-projects.ts";

interface Successor {
  readonly use: "vue-tsc" | "svelte-check" | "astro-check";
  /** The package that has to be installed. */
  readonly package: string;
  readonly extension: string;
}

const SUCCESSORS: readonly Successor[] = [
  { use: "vue-tsc", package: "vue-tsc", extension: ".vue" },
  { use: "svelte-check", package: "svelte-check", extension: ".svelte" },
  { use: "astro-check", package: "@astrojs/check", extension: ".astro" },
];

/** Whether another program checks all that `tsc` would: only `vue-tsc` takes several projects, and builds them. */
export async function isSuperseded(project: Project, { projects, build }: TscProjects): Promise<boolean> {
  const isOne = !build && projects.length === 1 && projects[0] === "tsconfig.json";
  for (const one of SUCCESSORS) if ((isOne || one.use === "vue-tsc") && (await isUsed(project, one))) return true;
  return false;
}

/** Whether the project has the program, and components for it. */
export async function hasSuccessor(project: Project, use: Successor["use"]): Promise<boolean> {
  const successor = SUCCESSORS.find((one) => one.use === use);
  return successor !== undefined && (await isUsed(project, successor));
}

async function isUsed(project: Project, { package: name, extension }: Successor): Promise<boolean> {
  if (!project.files.some((path) => path.endsWith(extension))) return false;
  return (await project.readDependency(`node_modules/${name}/package.json`)) !== undefined;
}
