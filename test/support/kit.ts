/** A real repository with a real trial on it, for tests that bring checks, proposers and gates of their own as values. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Event } from "../../src/domain/event.ts";
import { finding, type Finding } from "../../src/domain/finding.ts";
import type { Check, Gate, Proposer, Workspace } from "../../src/domain/plugin.ts";
import { proposal, type Edit, type Proposal } from "../../src/domain/proposal.ts";
import type { Reading } from "../../src/domain/reading.ts";
import type { Kit } from "../../src/engine/kit.ts";
import { Run } from "../../src/engine/run.ts";
import { gates as allGates } from "../../src/gates/index.ts";
import { identity } from "../../src/land/commits.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { systemClock } from "../../src/system/clock.ts";
import { findRepository, type Repository } from "../../src/system/repository.ts";
import { probeCapabilities } from "../../src/system/sandbox.ts";
import { readBase } from "../../src/system/tree.ts";
import { DependenciesByLockfile } from "../../src/trial/dependencies/by-lockfile.ts";
import { Measure } from "../../src/trial/measure.ts";
import { openShadow, type Shadow } from "../../src/trial/shadow.ts";
import { Trial } from "../../src/trial/trial.ts";
import { Oracles } from "../../src/trial/oracles.ts";
import { Worktree } from "../../src/trial/worktree.ts";
import { policy } from "./gates.ts";
import { temporaryFolder, temporaryRepository } from "./workspace.ts";

/** A repository with `main` checked out, and a cache of its own for stet. One at a time per process. */
export interface Ground extends Disposable {
  readonly root: string;
  readonly cache: string;
  readonly repository: Repository;
  readonly shadow: Shadow;
  readonly worktree: Worktree;
  /** Further ones, by number from 0. */
  readonly desk: (number: number) => Worktree;
  /** The commit and tree of `main`. */
  readonly commit: string;
  readonly tree: string;
  git(...args: readonly string[]): string;
  measure(checks: readonly Check[], listen?: (event: Event) => void, lanes?: number): Measure;
}

export async function ground(files: Record<string, string>): Promise<Ground> {
  const folder = temporaryRepository(files);
  const cache = temporaryFolder();
  process.env["STET_CACHE_DIR"] = cache.root;
  const parts = await groundAt(folder.root, cache.root);
  const dispose = (): void => [folder, cache].forEach((one) => one[Symbol.dispose]());
  return { ...parts, [Symbol.dispose]: dispose };
}

/** As `ground`, of a repository that is there already. Nothing is contained: what runs in it is the test's own. */
export async function groundAt(root: string, cache: string): Promise<Omit<Ground, typeof Symbol.dispose>> {
  const repository = await findRepository(root);
  if (!repository) throw new Error(`no repository at ${root}`);
  const shadow = await openShadow(repository);
  const capabilities = await probeCapabilities({ limit: "none" });
  const { checkout } = repository;
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
  const commit = git("rev-parse", "HEAD");
  const store = join(shadow.folder, "dependencies");
  const dependencies = new DependenciesByLockfile({ git: shadow.git, checkout, store, capabilities });
  const nothing = { readOnlyPaths: [], passEnv: [], mark: "test." };
  const worktreeAt = (number: number): Worktree => new Worktree({ shadow, capabilities, dependencies, head: commit, checkout, ...nothing }, number);
  const worktree = worktreeAt(0);
  const folder = join(shadow.folder, "readings");
  const measure: Ground["measure"] = (checks, listen = () => undefined, lanes = 1) => {
    const oracles = new Oracles({ git: shadow.git, worktree: worktreeAt, listen });
    const laneAt = (lane: number): Worktree => (lane === 0 ? worktree : worktreeAt(100 + lane));
    return new Measure({ git: shadow.git, worktree: laneAt, lanes, oracles, checks, folder, listen });
  };
  return { root, cache, repository, shadow, worktree, desk: (number) => worktreeAt(200 + number), commit, tree: git("rev-parse", "HEAD^{tree}"), git, measure };
}

type Read = (workspace: Workspace) => Promise<Reading>;

/** A check whose reading is made by a function; it tells how often it was read. */
export function checkOf(name: string, read: Read, parts: Partial<Omit<Check, "definition" | "read">> = {}): Check & { readonly count: number } {
  let count = 0;
  return {
    definition: { name, use: "test" },
    expense: 0,
    deterministic: true,
    ...parts,
    get count() {
      return count;
    },
    read: (workspace) => {
      count++;
      return read(workspace);
    },
  };
}

/** A finding for every line of these files that has the word BAD, with the rest of the line as its message. */
export function badLines(...files: readonly string[]): Read {
  return async (workspace) => {
    const texts = await Promise.all(files.map((file) => workspace.readText(file)));
    return { kind: "read", check: "bad", findings: texts.flatMap((text, index) => findingsIn(files[index] ?? "", text ?? "")), durationMs: 0 };
  };
}

export function findingsIn(file: string, text: string): Finding[] {
  return text.split("\n").flatMap((line, index) => {
    const [, message] = /BAD (.*)/.exec(line) ?? [];
    return message === undefined ? [] : [finding({ by: "bad", rule: "bad", category: "other", message, at: { file, line: index + 1, column: 1 } })];
  });
}

export interface Engine {
  readonly kit: Kit;
  readonly events: readonly Event[];
  /** The events of one type, in order. */
  of<T extends Event["type"]>(type: T): Extract<Event, { type: T }>[];
  readonly readings: readonly Reading[];
}

/** The engine's kit for a ground, with plug-ins of the test's own and every gate of stet's. */
export async function engineOn(
  place: Ground,
  parts: { checks: readonly Check[]; proposers?: readonly Proposer[]; gates?: readonly Gate[]; maxFiles?: number; /** Where the branch stands. */ tip?: string | null },
): Promise<Engine> {
  const events: Event[] = [];
  const listen = (event: Event): void => void events.push(event);
  const ledger = new Ledger(join(place.root, ".stet/ledger.jsonl"), systemClock);
  const { git } = place.repository;
  const who = await identity(git);
  const asked = { id: "1", command: "repair", work: "w", base: place.commit, branch: "refs/heads/stet/test", tip: parts.tip ?? null, dryRun: false };
  const run = new Run({ ...asked, containment: "none", unenforced: [], git, ledger, who, now: () => 0, listen });
  const measure = place.measure(parts.checks, listen);
  const kit: Kit = {
    run,
    trial: new Trial(place.shadow.git, measure, listen),
    gates: parts.gates ?? allGates,
    policy: policy(),
    maxFiles: parts.maxFiles ?? Infinity,
    proposers: parts.proposers ?? [],
    readBase: (tree, paths) => readBase(place.shadow.git, tree, paths),
    message: ({ title }) => title,
    listen,
  };
  const of: Engine["of"] = (type) => events.filter((event): event is Extract<Event, { type: typeof type }> => event.type === type);
  return { kit, events, of, readings: await measure.baseline(place.tree) };
}

/** A proposer that makes edits for one finding at a time, in order of preference. */
export function proposerOf(edits: (one: Finding, workspace: Workspace) => Promise<readonly Edit[]>, name = "test"): Proposer {
  return {
    name,
    summary: "",
    rung: 0,
    async *propose(findings, workspace) {
      for (const one of findings) {
        for (const edit of await edits(one, workspace)) yield propose(workspace, [one], [edit], name);
      }
    },
  };
}

export function propose(workspace: Pick<Workspace, "tree">, findings: readonly Finding[], edits: readonly Edit[], by = "test"): Proposal {
  const title = edits.map(({ file, after }) => `${file}: ${after ?? "removed"}`).join(", ");
  return proposal({ findings, by, rung: 0, base: workspace.tree, title, safety: "safe", edits });
}
