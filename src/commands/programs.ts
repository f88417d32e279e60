/** Looks for the tools of checks in the tree that they would run in, for `stet doctor`. Asks nothing but their versions. */
import picomatch from "picomatch";
import type { CheckDefinition, Project, Validator, Workspace } from "../domain/plugin.ts";
import type { Located, Program } from "../domain/program.ts";

/** One tool: of checks that there are, or of none where the project only looks as if it wanted it. */
export interface Sought {
  readonly validator: string;
  readonly checks: readonly string[];
  readonly found: Located | undefined;
  /** What to do where it is not there; absent for the user's own commands. */
  readonly install?: string;
}

const TIMEOUT_MS = 30_000;

export async function seekPrograms(validators: readonly Validator[], checks: readonly CheckDefinition[], project: Project, workspace: Workspace): Promise<Sought[]> {
  const sought: Sought[] = [];
  for (const { name, program } of validators) {
    const own = checks.filter(({ use }) => use === name);
    if (program && (own.length > 0 || isWanted(program, project))) {
      sought.push({ validator: name, checks: own.map((one) => one.name), found: await find(program, workspace), install: program.install });
    } else if (!program) {
      for (const check of own) sought.push(...(await ownCommand(check, workspace)));
    }
  }
  return sought;
}

function isWanted({ wantedBy = [] }: Program, { files }: Project): boolean {
  const fits = picomatch([...wantedBy], { dot: true });
  return wantedBy.length > 0 && files.some((file) => fits(file));
}

async function find({ version, ownCopy }: Program, workspace: Workspace): Promise<Located | undefined> {
  const path = version[0] === undefined ? undefined : await locate(version[0], workspace);
  const own = path === undefined ? await ownCopy?.() : undefined;
  if (own !== undefined) return { version: own, path: "" };
  if (path === undefined) return undefined;
  const { ended, stdout, stderr } = await workspace.run({ argv: version, timeoutMs: TIMEOUT_MS });
  const isTold = ended.kind === "exited" && ended.code === 0;
  return { path, version: isTold ? lineWithNumber(`${stdout}\n${stderr}`) : "" };
}

/** A command of the user's own may do anything when it is asked for its version. */
async function ownCommand({ name, use, run }: CheckDefinition, workspace: Workspace): Promise<Sought[]> {
  const [program] = Array.isArray(run) ? (run as readonly unknown[]) : [];
  if (typeof program !== "string") return [];
  const path = await locate(program, workspace);
  return [{ validator: use, checks: [name], found: path === undefined ? undefined : { version: "", path } }];
}

/** As the workspace itself would look for it. The name is an argument, never a part of the script. */
async function locate(program: string, workspace: Workspace): Promise<string | undefined> {
  const { ended, stdout } = await workspace.run({ argv: ["sh", "-c", 'command -v -- "$1"', "sh", program], timeoutMs: TIMEOUT_MS });
  const path = stdout.trim();
  return ended.kind === "exited" && ended.code === 0 && path !== "" ? path : undefined;
}

function lineWithNumber(text: string): string {
  return text.split("\n").find((line) => /\d+\.\d+/.test(line))?.trim() ?? "";
}
