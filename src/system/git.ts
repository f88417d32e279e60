/**
 * The one door to git. Every call is plumbing with an explicit git directory, a scrubbed environment and a
 * configuration that runs no program of the repository's (hooks, fsmonitor, filters, external diff, editors, pagers).
 */
import { spawn, type ChildProcessWithoutNullStreams, type SpawnOptionsWithoutStdio } from "node:child_process";
import { MARK_NAME } from "./sandbox/sweep.ts";

/** git did not do what it was asked. `stderr` is hostile text. */
export class GitFault extends Error {
  readonly args: readonly string[];
  /** git's own exit code, 127 where there is no git; -1 where it never came to one: not started, or ended by a signal. */
  readonly code: number;
  readonly stderr: string;
  /** The git directory, or the folder that git was called in where it was given none. */
  readonly folder: string;
  constructor(args: readonly string[], code: number, stderr: string, folder: string) {
    super(`git ${args[0] ?? ""} ended with ${code}: ${stderr.trim().slice(0, 500)}`);
    this.args = args;
    this.code = code;
    this.stderr = stderr;
    this.folder = folder;
  }

  /** Whether git said nothing that could be taken for an answer. */
  get died(): boolean {
    return this.code === DIED;
  }
}

export interface GitPlaces {
  readonly gitDir: string;
  readonly workTree?: string;
  readonly indexFile?: string;
  /** What its processes carry in their environment, so that the next run finds those which outlived a killed one. */
  readonly mark?: string;
}

const HARDENED = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.autocrlf=false",
  // A file whose size and time were put back has changed all the same.
  "core.trustCtime=true",
  "core.checkStat=default",
  "core.quotePath=false",
  "core.commitGraph=true",
  "gc.auto=0",
  "maintenance.auto=false",
  "commit.gpgSign=false",
  // A signature may be asked a passphrase for.
  "push.gpgSign=false",
  "submodule.recurse=false",
  "protocol.ext.allow=never",
].flatMap((setting) => ["-c", setting]);

/** git's argv with the same configuration, for a call that must end by its own deadline whatever a helper of git's does. */
export function gitArgv(args: readonly string[]): string[] {
  return ["git", ...HARDENED, ...args];
}

const DIED = -1;
const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;
const TIMEOUT_MS = 600_000;

/** The environment for git: the user's, less every `GIT_*` variable, which could point it at another repository. */
export function gitEnvironment(places?: GitPlaces): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith("GIT_")) env[name] = value;
  }
  env["GIT_TERMINAL_PROMPT"] = "0";
  env["GIT_OPTIONAL_LOCKS"] = "0";
  env["GIT_NO_REPLACE_OBJECTS"] = "1";
  // A file may be called `:(glob)*`.
  env["GIT_LITERAL_PATHSPECS"] = "1";
  env["LC_ALL"] = "C";
  if (places) env["GIT_DIR"] = places.gitDir;
  if (places?.workTree) env["GIT_WORK_TREE"] = places.workTree;
  if (places?.indexFile) env["GIT_INDEX_FILE"] = places.indexFile;
  if (places?.mark) env[MARK_NAME] = places.mark;
  return env;
}

export interface GitCall {
  readonly stdin?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class Git {
  readonly places: GitPlaces | undefined;
  /** Without places, git finds the repository from `cwd` by itself: for finding out where it is, only. */
  constructor(places?: GitPlaces) {
    this.places = places;
  }

  with(places: Partial<GitPlaces>): Git {
    return new Git({ gitDir: "", ...this.places, ...places });
  }

  /** stdout as bytes. Throws `GitFault`. */
  bytes(args: readonly string[], call: GitCall = {}): Promise<Buffer> {
    const cwd = call.cwd ?? this.places?.workTree ?? this.places?.gitDir;
    const env = { ...gitEnvironment(this.places), ...call.env };
    return collect(args, { ...call, ...(cwd === undefined ? {} : { cwd }), env });
  }

  /** stdout as text without the last newline. Throws `GitFault`. */
  async text(args: readonly string[], call?: GitCall): Promise<string> {
    return (await this.bytes(args, call)).toString("utf8").replace(/\n$/, "");
  }

  /**
   * As `text`, but undefined where git ends with another code than 0: its answer is no. A git that died has given none,
   * and throws: taken for a no, what has landed could land again.
   */
  async maybe(args: readonly string[], call?: GitCall): Promise<string | undefined> {
    try {
      return await this.text(args, call);
    } catch (error) {
      if (error instanceof GitFault && !error.died) return undefined;
      throw error;
    }
  }

  /** A git that is talked to for longer than one question (see `objects.ts`). It is ended with this process at the latest. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    return begin(args, { cwd: this.places?.workTree ?? this.places?.gitDir, env: gitEnvironment(this.places) });
  }

  /** NUL-separated fields, the last terminator dropped. */
  async fields(args: readonly string[], call?: GitCall): Promise<string[]> {
    const text = (await this.bytes(args, call)).toString("utf8");
    return text === "" ? [] : text.replace(/\0$/, "").split("\0");
  }
}

/** A child outlives its parent unless told otherwise, also one that takes longer than a signal's last seconds. */
const running = new Set<ChildProcessWithoutNullStreams>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function begin(args: readonly string[], { cwd, env }: Pick<SpawnOptionsWithoutStdio, "cwd" | "env">): ChildProcessWithoutNullStreams {
  const child = spawn("git", [...HARDENED, ...args], { ...(cwd === undefined ? {} : { cwd }), env: { ...env }, stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  for (const end of ["error", "close"]) child.once(end, () => running.delete(child));
  // git may end before it has read all; its exit code tells.
  child.stdin.on("error", () => undefined);
  return child;
}

function collect(args: readonly string[], call: GitCall): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = begin(args, { cwd: call.cwd, env: { ...call.env } });
    // Node's own timer goes on where the program could not be started, and holds the process for as long.
    const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
    const out: Buffer[] = [];
    let outBytes = 0;
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      outBytes += chunk.length;
      if (outBytes > MAX_OUTPUT_BYTES) child.kill("SIGKILL");
      else out.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString("utf8")).slice(-8_192)));
    const fault = (code: number, detail: string): GitFault => new GitFault(args, code, detail, call.env?.["GIT_DIR"] ?? call.cwd ?? "");
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(fault("code" in error && error.code === "ENOENT" ? 127 : DIED, error.message));
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(out));
      else reject(fault(code ?? DIED, signal === null ? stderr : `${stderr}\nended by ${signal}`));
    });
    child.stdin.end(call.stdin);
  });
}
