/**
 * Runs stet twice while one folder stands on a small file system of its own: first with hardly any room, then with plenty.
 * The file system exists in a private mount namespace only, so nothing has to be cleaned up when a test is killed.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "./cli.ts";
import type { Victim } from "./victim.ts";
import { packageRoot, temporaryFolder } from "./workspace.ts";

export const PAGE_BYTES = 4_096;
const NAMESPACE = process.getuid?.() === 0 ? ["unshare", "--mount"] : ["unshare", "--mount", "--map-root-user"];

/** Parameters: the folder, where to leave results, the option of the first mount and of the second, then stet's command. */
const SCRIPT = `
folder=$1 results=$2 first=$3 second=$4; shift 4
mkdir "$results/before" "$results/after" && cp -a "$folder/." "$results/before/" || exit 99
if [ "$first" = ro ]; then mount --bind "$folder" "$folder" && mount -o remount,bind,ro "$folder" || exit 99
else mount -t tmpfs -o "$first" tmpfs "$folder" && cp -a "$results/before/." "$folder/" || exit 99; fi
"$@" >"$results/1.stdout" 2>"$results/1.stderr" <&-; echo $? >"$results/1.code"
if [ "$first" = ro ]; then mount -o remount,bind,rw "$folder"; else mount -o "remount,$second" "$folder"; fi || exit 99
"$@" >"$results/2.stdout" 2>"$results/2.stderr" <&-; echo $? >"$results/2.code"
cp -a "$folder/." "$results/after/"
`;

export interface Tight {
  readonly first: Run;
  readonly second: Run;
}

/** `pages` of room for all that stands in the folder and comes into it; `"read-only"` for no writing at all. */
export async function withLittleRoom(victim: Victim, folder: string, pages: number | "read-only"): Promise<Tight> {
  using results = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const first = pages === "read-only" ? "ro" : `size=${pages * PAGE_BYTES}`;
  const [program = "", ...args] = NAMESPACE;
  const [command = "", ...rest] = victim.args;
  const quiet = [command, "--quiet", ...rest];
  const stet = [process.execPath, join(packageRoot, "src/cli.ts"), ...quiet];
  await execute(program, [...args, "sh", "-c", SCRIPT, "sh", folder, results.root, first, "size=64m", ...stet], victim);
  rmSync(folder, { recursive: true });
  cpSync(join(results.root, "after"), folder, { recursive: true });
  return { first: readRun(results.root, 1), second: readRun(results.root, 2) };
}

function execute(program: string, args: readonly string[], victim: Victim): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: victim.root, env: victim.environment() }, (error, _, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve();
    });
  });
}

function readRun(folder: string, number: number): Run {
  const read = (name: string): string => readFileSync(join(folder, `${number}.${name}`), "utf8");
  return { code: Number(read("code")), stdout: read("stdout"), stderr: read("stderr") };
}

/** How many pages the files of a folder take. */
export function pagesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, entry) => sum + Math.ceil(readFileSync(join(entry.parentPath, entry.name)).length / PAGE_BYTES), 0);
}
