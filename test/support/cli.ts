import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { installed } from "./installed.ts";
import { shelf } from "./shelf.ts";
import { packageRoot, temporaryFolder, temporaryRepository } from "./workspace.ts";

/** stet's modules as Node has compiled them, for all runs of one test file: half of a short run is loading. */
const compiled = temporaryFolder();
process.on("exit", () => compiled[Symbol.dispose]());

/** stet as it stands in the repository, for tests that look at which of its modules are loaded. */
export const SOURCES = join(packageRoot, "src/cli.ts");
/** What the tests start: all of stet in a few files where `scripts/test.ts` made them, its sources otherwise. */
export const CLI = process.env["STET_TEST_CLI"] ?? SOURCES;

/** A folder of stet's cache. */
const MACHINE = "machine";

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly cli?: string;
}

/** What most tests' checks need: the less is installed, the cheaper is each run. */
export const TOOLS = ["typescript", "eslint", "@types/node"];

function modulesFor(dependencies: true | "all" | readonly string[]): string {
  return dependencies === "all" ? join(packageRoot, "node_modules") : installed(dependencies === true ? TOOLS : dependencies);
}

/** A git repository, with these packages installed or none, and a cache of its own for stet. */
export class Sandbox implements Disposable {
  readonly #folder: ReturnType<typeof temporaryFolder>;
  readonly #cache = temporaryFolder();

  constructor(files: Record<string, string>, { dependencies = true }: { readonly dependencies?: boolean | "all" | readonly string[] } = {}) {
    this.#folder = temporaryRepository({ "package.json": '{ "name": "sample", "type": "module" }\n', ...files });
    if (dependencies !== false) symlinkSync(modulesFor(dependencies), join(this.root, "node_modules"));
    this.#rememberMachine(shelf(), this.cache);
  }

  /** What stet has found out about this machine in an earlier test; that it looks again where it must is tested by itself. */
  #rememberMachine(from: string, to: string): void {
    if (existsSync(join(from, MACHINE)) && !existsSync(join(to, MACHINE))) cpSync(join(from, MACHINE), join(to, MACHINE), { recursive: true });
  }

  get root(): string {
    return this.#folder.root;
  }

  get cache(): string {
    return this.#cache.root;
  }

  environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
    return { ...process.env, STET_CACHE_DIR: this.cache, NO_COLOR: "1", NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? compiled.root, ...extra };
  }

  start(args: readonly string[], options: Start = {}): ChildProcess {
    return spawn(process.execPath, [options.cli ?? CLI, ...args], {
      cwd: options.cwd ?? this.root,
      env: this.environment(options.env),
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  stet(args: readonly string[], options: Start = {}): Promise<Run> {
    return ended(this.start(args, options));
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }

  /** stet's branches, each with its commit. */
  branches(): Map<string, string> {
    const lines = this.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/stet").split("\n");
    return new Map(lines.filter((line) => line !== "").map((line) => line.split(" ") as [string, string]));
  }

  /** The only branch of stet's. */
  branch(): string {
    const [only, second] = this.branches().keys();
    if (only === undefined || second !== undefined) throw new Error(`expected one branch, found ${this.branches().size}`);
    return only;
  }

  show(path: string, revision = this.branch()): string {
    return execFileSync("git", ["show", `${revision}:${path}`], { cwd: this.root, encoding: "utf8" });
  }

  ledger(): Record<string, unknown>[] {
    const text = readFileSync(join(this.root, ".stet/ledger.jsonl"), "utf8");
    return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  [Symbol.dispose](): void {
    this.#rememberMachine(this.cache, shelf());
    this.#folder[Symbol.dispose]();
    this.#cache[Symbol.dispose]();
  }
}

export function ended(child: ChildProcess): Promise<Run> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** What of git may change under stet: its own refs with their logs, and objects. */
const STETS_OWN = /^(?:\.stet|node_modules|\.git\/(?:objects|refs\/heads\/stet|logs\/refs\/heads\/stet))(?:\/|$)/;

/**
 * Everything of a checkout that must never change, as one text that a test can compare: path, mode, size, mtime in
 * nanoseconds and content of each file, the git directory included.
 */
export function fingerprint(root: string): string {
  const lines: string[] = [];
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (STETS_OWN.test(path)) continue;
      const stat = lstatSync(join(root, path), { bigint: true });
      const content = stat.isFile() ? hash(readFileSync(join(root, path))) : stat.isSymbolicLink() ? readlinkSync(join(root, path)) : "";
      // A folder's own time moves when stet's refs are made below it.
      const time = stat.isDirectory() ? "" : String(stat.mtimeNs);
      lines.push([path, stat.mode, stat.isDirectory() ? "" : stat.size, time, content].join(" "));
      if (stat.isDirectory()) visit(path);
    }
  };
  visit("");
  return lines.join("\n");
}

function hash(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
