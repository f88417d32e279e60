/** Sets up the sample workspace as somebody's git repository in a temporary folder, and measures copies of it. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provide } from "./dependencies.ts";

export const stet = fileURLToPath(new URL("..", import.meta.url));

const WANTED = {
  packages: ["eslint", "typescript", "@typescript-eslint/parser", "@types/node"],
  programs: { eslint: "eslint/bin/eslint.js", tsc: "typescript/bin/tsc" },
  workspaces: { "@bookshop/catalogue": "packages/catalogue", "@bookshop/orders": "packages/orders" },
};

/** Nothing of the person's own git configuration counts here, and no repository that the environment names. */
const GIT_ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_OPTIONAL_LOCKS: "0",
};

/** A program's stdout. Throws where it ends with another code than these. */
function output(argv: readonly string[], cwd: string, codes: readonly number[] = [0]): string {
  const [program = "", ...args] = argv;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env: GIT_ENV, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (status === null || !codes.includes(status)) throw new Error(`${argv.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

export function git(cwd: string, ...args: readonly string[]): string {
  return output(["git", ...args], cwd).trim();
}

/** A new repository with the sample committed on `main`. Gives its folder. */
export function makeSample(): string {
  const root = join(mkdtempSync(join(tmpdir(), "stet-demo-")), "bookshop");
  cpSync(join(stet, "examples/workspace"), root, { recursive: true });
  provide(root, stet, WANTED);
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", "--all");
  git(root, "-c", "user.name=Ada", "-c", "user.email=ada@example.invalid", "commit", "--quiet", "--message=Turn on stricter checks");
  return root;
}

/** A branch of the sample in a folder of its own, beside it. A clone, so that not even a worktree is registered. */
export function copyOf(root: string, branch: string): string {
  const copy = join(root, "..", "after");
  git(root, "clone", "--quiet", "--branch", branch, root, copy);
  provide(copy, stet, WANTED);
  return copy;
}

export interface Figures {
  readonly types: number;
  readonly lint: number;
  readonly passed: number;
  readonly failed: number;
}

/** What the project's own three checks say of a folder. */
export function measure(root: string): Figures {
  const node = process.execPath;
  const types = output([node, "node_modules/typescript/bin/tsc", "--pretty", "false"], root, [0, 1, 2]);
  const lint = output([node, "node_modules/eslint/bin/eslint.js", "--format", "json", "."], root, [0, 1]);
  const reporter = new URL("../scripts/count-reporter.ts", import.meta.url).href;
  const tests = output([node, "--test", `--test-reporter=${reporter}`, "packages/*/test/*.test.ts"], root, [0, 1]);
  return {
    types: types.match(/: error TS\d+:/g)?.length ?? 0,
    lint: lint.match(/"ruleId":/g)?.length ?? 0,
    passed: figure(tests, "passed"),
    failed: figure(tests, "failed"),
  };
}

function figure(json: string, name: string): number {
  return Number(new RegExp(`"${name}":(\\d+)`).exec(json)?.[1] ?? NaN);
}

/** What git and the person would miss if it changed: HEAD, the index, configuration, hooks, the branch itself. */
const GIT_FILES = ["HEAD", "index", "config", "hooks", "refs/heads/main", "logs", "info"];

/** One figure over every file's path, mode, time of change in nanoseconds and bytes. stet's own `.stet` is not counted. */
export function fingerprint(root: string): string {
  const hash = createHash("sha256");
  const visible = readdirSync(root).filter((name) => name !== ".git" && name !== ".stet");
  const roots = [...visible, ...GIT_FILES.map((name) => `.git/${name}`)];
  for (const path of roots.flatMap((name) => filesBelow(root, name)).filter(isPersons)) {
    const { mode, mtimeNs } = statSync(join(root, path), { bigint: true });
    hash.update(`${path}\0${mode}\0${mtimeNs}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** git writes a log for each branch, stet's own among them. */
function isPersons(path: string): boolean {
  return !path.startsWith(".git/logs/refs/heads/stet");
}

function filesBelow(root: string, path: string): string[] {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats ? [path] : [];
  return readdirSync(join(root, path)).sort().flatMap((name) => filesBelow(root, `${path}/${name}`));
}
