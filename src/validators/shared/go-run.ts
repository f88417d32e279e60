/** Runs go in a module's folder, with what it needs to be told, and finds the modules of a repository. */
import { posix } from "node:path";
import type { Outcome, Project, Workspace } from "../../domain/plugin.ts";

/** Nothing is fetched, nothing written into go.mod, and no other toolchain taken. */
const OFFLINE = { GOPROXY: "off", GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local" } as const;

/** go writes what it finds to one stream or the other, by its version. A constant: all that comes from outside is a parameter. */
export const IN_ONE_STREAM = ["sh", "-c", 'exec "$@" 2>&1', "sh"] as const;

export interface GoCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly network: boolean;
  readonly signal?: AbortSignal | undefined;
}

export function runGo(workspace: Workspace, { argv, cwd, timeoutMs, network, signal }: GoCommand): Promise<Outcome> {
  return workspace.run({ argv, cwd, env: network ? {} : OFFLINE, timeoutMs, network, ...(signal && { signal }) });
}

const APART = /(?:^|\/)(?:vendor|testdata|node_modules|fixtures?)\//;
/** More modules than these are nobody's. */
const MAX_MODULES = 50;

/** The folders with a go.mod; empty for the root. */
export function findModules({ files }: Project): string[] {
  const manifests = files.filter((path) => posix.basename(path) === "go.mod" && !APART.test(path));
  return manifests.map((path) => posix.dirname(path)).map((folder) => (folder === "." ? "" : folder)).sort().slice(0, MAX_MODULES);
}
