/**
 * Finds what a project's `test` script runs. Here because each test runner's detection must see only its own, and
 * `command` what is left. Never runs the script; what is not plainly one known runner stays a command.
 */
import { parse } from "jsonc-parser";
import { z } from "zod";
import type { CheckDefinition, Project } from "../../domain/plugin.ts";
import { plainCommands } from "./words.ts";

export type RunnerName = "vitest" | "jest" | "node-test";

export interface TestScript {
  readonly use: RunnerName | "command";
  readonly run: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The `test` script's runner, or `test:unit`'s where there is no `test`; undefined where there is neither. */
export async function findTestScript(project: Project): Promise<TestScript | undefined> {
  const scripts = await readScripts(project);
  const name = ["test", "test:unit"].find((one) => isRealScript(scripts[one]));
  if (name === undefined) return undefined;
  const script = [scripts[`pre${name}`], scripts[name]].filter((one) => one !== undefined).join(" && ");
  const runner = runnerIn(plainCommands(script) ?? [], await compilesWithoutOutput(project));
  return runner ?? { use: "command", run: [packageManager(project), "run", name], env: {} };
}

/** The scripts of the root's package.json; empty where it has none. */
export async function readScripts(project: Project): Promise<Readonly<Record<string, string>>> {
  const shape = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
  return shape.safeParse(parse((await project.readText("package.json")) ?? "")).data?.scripts ?? {};
}

/** All commands of the root's scripts that can be read plainly, each as words without what launches it. */
export async function scriptCommands(project: Project): Promise<readonly (readonly string[])[]> {
  const scripts = Object.values(await readScripts(project));
  return scripts.flatMap((script) => plainCommands(script) ?? []).map((words) => withoutLaunchers(words).words);
}

/** `npm init` writes a script that only says that there is none. */
function isRealScript(script: string | undefined): boolean {
  return script !== undefined && script.trim() !== "" && !script.includes("no test specified");
}

/** The one runner among commands of which all others are checks that stet has under their own names. */
function runnerIn(commands: readonly string[][], noEmit: boolean): TestScript | undefined {
  const scripts = commands.map(withoutLaunchers);
  const found = scripts.flatMap(({ words, env }) => {
    const use = runnerOf(words);
    return use ? [{ use, run: words, env }] : [];
  });
  const rest = scripts.filter(({ words }) => runnerOf(words) === undefined);
  return found.length === 1 && rest.every(({ words }) => isOwnCheck(words, noEmit)) ? found[0] : undefined;
}

/** Programs that only check, and that stet runs under their own names where a project has them. */
const OWN_CHECKS: readonly (string | undefined)[] = ["eslint", "biome", "oxlint", "svelte-check", "astro-check"];

/** A compiler that writes files prepares the tests; one that does not is a check of its own. */
function isOwnCheck([tool, ...words]: readonly string[], noEmit: boolean): boolean {
  if (OWN_CHECKS.includes(tool)) return true;
  return (tool === "tsc" || tool === "vue-tsc") && (noEmit || words.some((word) => word.toLowerCase() === "--noemit"));
}

async function compilesWithoutOutput(project: Project): Promise<boolean> {
  const shape = z.object({ compilerOptions: z.object({ noEmit: z.boolean() }) });
  return shape.safeParse(parse((await project.readText("tsconfig.json")) ?? "")).data?.compilerOptions.noEmit ?? false;
}

const LAUNCHERS: readonly (readonly string[])[] = [
  ["cross-env"],
  ["npx", "--no-install"],
  ["npx"],
  ["npm", "exec", "--"],
  ["pnpm", "exec"],
  ["yarn", "exec"],
];
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/** The command itself, and the environment that is put before it. The workspace's PATH makes launchers needless. */
function withoutLaunchers(words: readonly string[]): { words: readonly string[]; env: Record<string, string> } {
  const assignment = ASSIGNMENT.exec(words[0] ?? "");
  if (assignment) {
    const inner = withoutLaunchers(words.slice(1));
    return { words: inner.words, env: { [assignment[1] ?? ""]: assignment[2] ?? "", ...inner.env } };
  }
  const launcher = LAUNCHERS.find((one) => one.every((word, index) => words[index] === word));
  return launcher ? withoutLaunchers(words.slice(launcher.length)) : { words, env: {} };
}

/** Sub-commands of Vitest that run no tests, or only those of named files. */
const OTHER_VITEST_COMMANDS: readonly string[] = ["bench", "init", "list", "related"];

function runnerOf(words: readonly string[]): RunnerName | undefined {
  const [program = "", first = ""] = words;
  if (program === "vitest") return OTHER_VITEST_COMMANDS.includes(first) ? undefined : "vitest";
  if (program === "jest") return "jest";
  if (!["node", "tsx"].includes(program)) return undefined;
  if (words.includes("--test")) return "node-test";
  const script = words.slice(1).find((word) => !word.startsWith("-")) ?? "";
  if (/(^|\/)(\.bin\/jest|jest\/bin\/jest\.js)$/.test(script)) return "jest";
  return /(^|\/)(\.bin\/vitest|vitest\/vitest\.mjs)$/.test(script) ? "vitest" : undefined;
}

/** Each package manager by its lockfile; npm where there is none. */
const LOCKFILES: Readonly<Record<string, string>> = {
  "package-lock.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

function packageManager(project: Project): string {
  return Object.entries(LOCKFILES).find(([lockfile]) => project.files.includes(lockfile))?.[1] ?? "npm";
}

/** The check of one runner, where the test script runs it. */
export async function detectRunner(use: RunnerName, project: Project): Promise<readonly CheckDefinition[]> {
  const script = await findTestScript(project);
  if (script?.use !== use) return [];
  const { run, env } = script;
  return [{ name: use, use, run, ...(Object.keys(env).length > 0 && { env }) }];
}
