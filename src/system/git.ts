/**
 * The one door to git. Every call is plumbing with an explicit git directory, a scrubbed environment and a
 * configuration that runs no program of the repository's (hooks, fsmonitor, filters, external diff, editors, pagers).
 */
import { spawn } from "node:child_process";

/** git ended with another exit code than 0. `stderr` is hostile text. */
export class GitFault extends Error {
  readonly args: readonly string[];
  readonly code: number;
  readonly stderr: string;
  constructor(args: readonly string[], code: number, stderr: string) {
    super(`git ${args[0] ?? ""} ended with ${code}: ${stderr.trim().slice(0, 500)}`);
    this.args = args;
    this.code = code;
    this.stderr = stderr;
  }
}

export interface GitPlaces {
  readonly gitDir: string;
  readonly workTree?: string;
  readonly indexFile?: string;
}

const HARDENED = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.autocrlf=false",
  "core.quotePath=false",
  "core.commitGraph=true",
  "gc.auto=0",
  "maintenance.auto=false",
  "commit.gpgSign=false",
  "submodule.recurse=false",
  "protocol.ext.allow=never",
].flatMap((setting) => ["-c", setting]);

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
  env["LC_ALL"] = "C";
  if (places) env["GIT_DIR"] = places.gitDir;
  if (places?.workTree) env["GIT_WORK_TREE"] = places.workTree;
  if (places?.indexFile) env["GIT_INDEX_FILE"] = places.indexFile;
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

  /** As `text`, but undefined where git ends with another code than 0. */
  async maybe(args: readonly string[], call?: GitCall): Promise<string | undefined> {
    try {
      return await this.text(args, call);
    } catch (error) {
      if (error instanceof GitFault) return undefined;
      throw error;
    }
  }

  /** NUL-separated fields, the last terminator dropped. */
  async fields(args: readonly string[], call?: GitCall): Promise<string[]> {
    const text = (await this.bytes(args, call)).toString("utf8");
    return text === "" ? [] : text.replace(/\0$/, "").split("\0");
  }
}

function collect(args: readonly string[], call: GitCall): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...HARDENED, ...args], {
      ...(call.cwd === undefined ? {} : { cwd: call.cwd }),
      env: { ...call.env },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TIMEOUT_MS,
    });
    const out: Buffer[] = [];
    let outBytes = 0;
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      outBytes += chunk.length;
      if (outBytes > MAX_OUTPUT_BYTES) child.kill("SIGKILL");
      else out.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString("utf8")).slice(-8_192)));
    child.on("error", (error) => reject(new GitFault(args, 127, error.message)));
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new GitFault(args, code ?? 128, stderr)),
    );
    child.stdin.on("error", () => undefined); // git may end before it has read all; its exit code tells
    child.stdin.end(call.stdin);
  });
}
