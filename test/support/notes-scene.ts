/**
 * examples/notes as a repository with one commit, in which there is the spec and what it is checked with, and nothing else;
 * a bare remote; and a forge on loopback. `held` says what must be true of it once the spec is built, by whatever engine.
 */
import assert from "node:assert/strict";
import { execFileSync, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ended, Sandbox, type Run } from "./cli.ts";
import { ScriptedForge } from "./forge.ts";
import { packageRoot, temporaryFolder } from "./workspace.ts";

export type ForgeKind = "github" | "gitlab";

const HOSTS = { github: "github.com", gitlab: "gitlab.com" } as const;
const FILES = ["docs/specs/notes.md", "stet.config.json"];
const CHUNKS = 5;
const MAX_LINES = 250;
const MAX_COMMITS = 8;

const example = (path: string): string => readFileSync(join(packageRoot, "examples/notes", path), "utf8");

/** Lines and commits of a part, as its reviewer sees them. */
export interface Part {
  readonly lines: number;
  readonly commits: number;
}

export class NotesScene implements AsyncDisposable {
  readonly at: Sandbox;
  readonly remote: string;
  readonly forge: ScriptedForge;
  readonly kind: ForgeKind;

  private constructor(kind: ForgeKind, forge: ScriptedForge) {
    this.kind = kind;
    this.forge = forge;
    this.at = new Sandbox(Object.fromEntries(FILES.map((path) => [path, example(path)])), { dependencies: false });
    this.remote = join(this.at.cache, "remote.git");
    // What every other test's repository has besides.
    this.at.git("rm", "--quiet", "package.json", ".gitignore");
    this.at.git("commit", "--quiet", "--amend", "--message=A spec, and what it is checked with");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", this.remote]);
    this.at.git("remote", "add", "origin", `https://${HOSTS[kind]}/owner/name.git`);
    this.at.git("config", "remote.origin.pushurl", this.remote);
    this.at.git("push", "--quiet", "origin", "main");
  }

  static async start(kind: ForgeKind): Promise<NotesScene> {
    return new NotesScene(kind, await ScriptedForge.start());
  }

  /** `stet build --pr` with these arguments. */
  start(args: readonly string[], env: Record<string, string> = {}): { readonly child: ChildProcess; readonly run: Promise<Run> } {
    const own = { GITHUB_API_URL: this.forge.url, GITHUB_TOKEN: "t", GITLAB_API_URL: this.forge.url, GITLAB_TOKEN: "t" };
    const child = this.at.start(["build", "--pr", "--json", ...args], { env: { ...own, ...env } });
    return { child, run: ended(child) };
  }

  /** Throws where a chunk is missing or there twice, a part is too large, or a pull request is not what it should be. */
  held(): readonly Part[] {
    const { at, forge, remote } = this;
    const refs = [...at.branches().keys()].map((ref) => ref.slice("refs/heads/".length));
    assert.deepEqual(refs, ["stet/notes", "stet/notes-part-2"]);
    const last = refs.at(-1) ?? "";
    const root = at.git("rev-list", "--max-parents=0", last);
    assert.deepEqual([at.git("rev-parse", "main"), at.git("ls-tree", "-r", "--name-only", root).split("\n")], [root, FILES]);
    const bodies = at.git("log", "--format=%B%x00", `main..${last}`).split("\0");
    const chunks = bodies.flatMap((body) => /^Stet-Chunk: (.*)$/m.exec(body)?.[1] ?? []);
    assert.deepEqual([chunks.length, new Set(chunks).size], [CHUNKS, CHUNKS]);
    assert.doesNotMatch(at.show("docs/specs/notes.md", last), /\[ \]/);
    const pulls = forge.pulls.toSorted((one, other) => one.number - other.number);
    assert.deepEqual(pulls.map(({ head, base, draft, state }) => [head, base, draft, state]), refs.map((ref, index) => [ref, refs[index - 1] ?? "main", false, "open"]));
    assert.ok(forge.requests.every(({ path }) => path.startsWith("/api/v4/") === (this.kind === "gitlab")));
    const tips = (where: string): string => execFileSync("git", ["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/stet"], { cwd: where, encoding: "utf8" });
    assert.equal(tips(remote), tips(at.root));
    const parts = refs.map((ref, index) => this.#part(refs[index - 1] ?? "main", ref));
    for (const { lines, commits } of parts) assert.ok(lines <= MAX_LINES && commits <= MAX_COMMITS, JSON.stringify(parts));
    return parts;
  }

  #part(from: string, to: string): Part {
    const rows = this.at.git("diff", "--numstat", from, to).split("\n").map((row) => row.split("\t"));
    const lines = rows.reduce((sum, [added, removed]) => sum + Number(added) + Number(removed), 0);
    return { lines, commits: Number(this.at.git("rev-list", "--count", `${from}..${to}`)) };
  }

  /**
   * Each landed commit's own check, run by hand: in a fresh clone of the remote that stet has never seen, a checkout after the
   * other. Throws where one is red. How many there were.
   */
  checkEach(): number {
    using folder = temporaryFolder();
    const clone = join(folder.root, "clone");
    const git = (...args: string[]): string => execFileSync("git", args, { cwd: clone, encoding: "utf8", stdio: "pipe" }).trim();
    execFileSync("git", ["clone", "--quiet", this.remote, clone], { stdio: "pipe" });
    const commits = git("rev-list", "--reverse", "origin/main..origin/stet/notes-part-2").split("\n");
    for (const commit of commits) {
      git("checkout", "--quiet", commit);
      const { checks } = JSON.parse(readFileSync(join(clone, "stet.config.json"), "utf8")) as { checks: { run: [string, ...string[]] }[] };
      for (const { run: [program, ...args] } of checks) execFileSync(program, args, { cwd: clone, env: { PATH: process.env["PATH"] ?? "" }, stdio: "pipe" });
    }
    return commits.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.at[Symbol.dispose]();
    await this.forge[Symbol.asyncDispose]();
  }
}
