/**
 * The environment of a contained program: made from nothing, so that no key, agent socket or repository variable of the
 * user's reaches a check. What is passed was named by the user.
 */
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";
import type { Command } from "../../domain/plugin.ts";
import type { Container } from "./container.ts";
import { inside, isFolder, real } from "./paths.ts";
import { MARK_NAME } from "./sweep.ts";

export interface Surroundings {
  /** The command's folder, absolute. */
  readonly cwd: string;
  readonly home: string;
  readonly temporary: string;
  readonly mark: string;
}

export function environmentFor(container: Container, command: Command, around: Surroundings): Record<string, string> {
  const passed = container.passEnv.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    PATH: [...projectBins(container, around.cwd), ...hostBins(container.checkout)].join(delimiter),
    HOME: around.home,
    TMPDIR: around.temporary,
    LANG: "C.UTF-8",
    TERM: "dumb",
    CI: "1",
    // What Python compiles would stand among the dependencies, and outside a container among the user's own files.
    PYTHONDONTWRITEBYTECODE: "1",
    ...Object.fromEntries(passed),
    ...command.env,
    [MARK_NAME]: around.mark,
  };
}

const MODULES = "node_modules";

/** As npm does it: the nearest package's programs first, then those of the folders above; other packages' last. A virtual environment's stand beside its package's. */
function projectBins(container: Container, cwd: string): string[] {
  const folders: string[] = [];
  const placed = container.dependencies.folders ?? [];
  for (let at = cwd; inside(at, container.root) && at !== dirname(at); at = dirname(at)) {
    folders.push(join(at, MODULES), ...placed.filter((folder) => dirname(folder) === at));
  }
  return [...new Set([...folders, ...placed])].map((folder) => join(folder, basename(folder) === MODULES ? ".bin" : "bin"));
}

/**
 * The user's PATH without the checkout's folders, and without any `node_modules/.bin`: `npx` and `npm run` put theirs
 * there, and a check would find stet's own tools in place of the project's. Node's own folder is always among them.
 */
export function hostBins(checkout: string): string[] {
  const hidden = real(checkout);
  const entries = (process.env["PATH"] ?? "").split(delimiter).filter((path) => {
    const outside = !inside(path, checkout) && !inside(real(path), hidden);
    return isAbsolute(path) && outside && !path.includes("node_modules") && isFolder(path);
  });
  const node = dirname(process.execPath);
  const reachable = entries.some((path) => real(path) === real(node));
  return [...new Set(reachable ? entries : [node, ...entries])];
}

/** Variables that change how a loader or shell starts a program. They must not reach the programs around a container. */
const LOADER = /^(?:LD_|DYLD_|GLIBC_|BASH_|GCONV_PATH$|LOCPATH$|ENV$|SHELLOPTS$)/;

/** Parts an environment in what the container's own programs may see, and what only the program inside may. */
export function partEnvironment(env: Readonly<Record<string, string>>): {
  outer: Record<string, string>;
  inner: string[];
} {
  const entries = Object.entries(env);
  return {
    outer: Object.fromEntries(entries.filter(([name]) => !LOADER.test(name))),
    inner: entries.filter(([name]) => LOADER.test(name)).map(([name, value]) => `${name}=${value}`),
  };
}
