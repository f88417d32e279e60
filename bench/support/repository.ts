/** A folder of texts as somebody's git repository with dependencies installed, and clean copies of its commits. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { succeeded } from "./process.ts";

const GIT_TIMEOUT_MS = 120_000;

export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await succeeded({ argv: ["git", ...args], cwd, timeoutMs: GIT_TIMEOUT_MS });
  return stdout.trim();
}

/** Writes the files, commits them on `main`, and gives them `modules` as their node_modules. */
export async function makeRepository(root: string, files: ReadonlyMap<string, string>, modules: string): Promise<void> {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  await git(root, "init", "--quiet", "--initial-branch=main");
  await git(root, "config", "user.name", "Ada Bench");
  await git(root, "config", "user.email", "ada@example.invalid");
  await git(root, "config", "gc.auto", "0");
  await git(root, "add", "--all");
  await git(root, "commit", "--quiet", "--message=base");
  giveModules(root, modules);
}

/** A worktree of its own for a commit, beside the repository; `node_modules` is ignored, so it is no change. */
export async function checkOut(root: string, commit: string, folder: string, modules: string): Promise<void> {
  await git(root, "worktree", "add", "--quiet", "--detach", folder, commit);
  giveModules(folder, modules);
}

export async function dropCheckout(root: string, folder: string): Promise<void> {
  await git(root, "worktree", "remove", "--force", folder);
}

/** As if stet had never run here. */
export async function forgetRuns(root: string): Promise<void> {
  rmSync(join(root, ".stet"), { recursive: true, force: true });
  const refs = await git(root, "for-each-ref", "--format=%(refname)", "refs/heads/stet");
  for (const ref of refs.split("\n").filter((line) => line !== "")) await git(root, "update-ref", "-d", ref);
}

function giveModules(root: string, modules: string): void {
  symlinkSync(modules, join(root, "node_modules"));
}
