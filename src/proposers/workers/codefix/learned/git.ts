/**
 * Asks git about the past, in the workspace's own git directory. Read-only commands with everything off that could run
 * a program of the project's; output and time are bounded. Without git or a history the answer is empty, never a fault.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const TIMEOUT_MS = 10_000;
/** What is beyond is not learned from. */
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

const QUIET = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.attributesFile=/dev/null",
  "core.quotePath=false",
  "diff.external=",
  "log.showSignature=false",
].flatMap((setting) => ["-c", setting]);

/** Options of `log` and `show` that keep a project's attributes from choosing a program. */
export const PLAIN_DIFF = [
  ...["--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--src-prefix=a/", "--dst-prefix=b/"],
];

/** git's output in this folder; cut where it is long, empty where there is none. */
export function git(root: string, args: readonly string[]): string {
  const gitDir = join(root, ".git");
  if (!existsSync(gitDir)) return "";
  const argv = ["--no-pager", "--no-optional-locks", ...QUIET, ...args];
  const { stdout } = spawnSync("git", argv, {
    cwd: root,
    env: environment(gitDir, root),
    encoding: "utf8",
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return typeof stdout === "string" ? stdout : "";
}

function environment(gitDir: string, workTree: string): Record<string, string> {
  // A package may put a program called git beside its others.
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return {
    PATH: path.join(delimiter),
    GIT_DIR: gitDir,
    GIT_WORK_TREE: workTree,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    LC_ALL: "C",
  };
}
