import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Workspace } from "../../src/domain/plugin.ts";
import { decode, readBytesMaybe } from "../../src/system/files.ts";
import { openChannel } from "../../src/system/channel.ts";
import { converse } from "../../src/system/conversation.ts";
import { run } from "../../src/system/process.ts";

export const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Files by relative path, in a temporary folder that is removed when the test ends. */
export function temporaryFolder(files: Record<string, string> = {}): { root: string; [Symbol.dispose](): void } {
  const root = mkdtempSync(join(tmpdir(), "stet-test-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

const git = (cwd: string, ...args: string[]): void => void execFileSync("git", args, { cwd, stdio: "pipe" });

/** An empty repository, made once for each test file and copied: with no sample hooks, and a user who is nobody. */
let empty: string | undefined;

function emptyRepository(): string {
  if (empty !== undefined) return empty;
  const folder = temporaryFolder();
  process.on("exit", () => folder[Symbol.dispose]());
  git(folder.root, "init", "--quiet", "--initial-branch=main", "--template=");
  git(folder.root, "config", "user.name", "Ada Tester");
  git(folder.root, "config", "user.email", "ada@example.invalid");
  for (const name of ["hooks", "info"]) mkdirSync(join(folder.root, ".git", name));
  return (empty = join(folder.root, ".git"));
}

/** A git repository with these files committed. stet's own dependencies serve as the project's. */
export function temporaryRepository(files: Record<string, string>): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder({ ".gitignore": "node_modules\n.stet\n", ...files });
  cpSync(emptyRepository(), join(folder.root, ".git"), { recursive: true });
  git(folder.root, "add", "--all");
  // A commit starts git's maintenance, which finds nothing to do in a repository of one.
  git(folder.root, "-c", "maintenance.auto=false", "commit", "--quiet", "--message=base");
  return folder;
}

/** A workspace without containment, for tests of one plug-in: the real program runs, on real files. */
export function plainWorkspace(files: Record<string, string>): Workspace & Disposable {
  const folder = temporaryFolder(files);
  const scratch = temporaryFolder();
  symlinkSync(join(packageRoot, "node_modules"), join(folder.root, "node_modules"));
  const at = (path: string): string => (isAbsolute(path) ? path : join(folder.root, path));
  // rustup's programs look for their toolchains below the home folder.
  const rustup = process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup");
  const env = { RUSTUP_HOME: rustup, PATH: `${at("node_modules/.bin")}:${process.env["PATH"] ?? ""}`, HOME: scratch.root };
  return {
    root: folder.root,
    tree: "0".repeat(40),
    scratch: scratch.root,
    isContained: false,
    run: (command) => run({ ...command, cwd: at(command.cwd ?? ""), env: { ...env, ...command.env } }),
    start: ({ argv, cwd = "" }) => Promise.resolve(converse({ argv, cwd: at(cwd), env, note: 2 })),
    connect: ({ argv, cwd = "", env: more }) => Promise.resolve(openChannel({ argv, cwd: at(cwd), env: { ...env, ...more }, note: 2 })),
    readText: (path) => readBytesMaybe(at(path)).then((bytes) => bytes && decode(bytes)),
    [Symbol.dispose]: () => {
      folder[Symbol.dispose]();
      scratch[Symbol.dispose]();
    },
  };
}
