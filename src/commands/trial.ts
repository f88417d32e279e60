/** Puts worktree, dependencies, containment and checks together for one base. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Listener } from "../domain/event.ts";
import type { Repository } from "../system/repository.ts";
import type { Capabilities } from "../system/sandbox.ts";
import { ownPaths } from "../system/version.ts";
import { DependenciesByLockfile } from "../trial/dependencies/by-lockfile.ts";
import { Prepared, type Preparation } from "../trial/dependencies/prepare.ts";
import { Measure } from "../trial/measure.ts";
import type { Shadow } from "../trial/shadow.ts";
import { Oracles } from "../trial/oracles.ts";
import { Worktree } from "../trial/worktree.ts";
import type { Base } from "./base.ts";
import { makeCheck } from "./checks.ts";
import type { Config } from "./config.ts";

export interface TrialParts {
  readonly repository: Repository;
  readonly base: Base;
  readonly shadow: Shadow;
  readonly capabilities: Capabilities;
  readonly listen: Listener;
  readonly signal: AbortSignal;
  /** The run's id, which its processes are marked with. */
  readonly run: string;
  /** Names of environment variables that the user lets through. */
  readonly passEnv: readonly string[];
  /** Whether the user lets the project's own `prepare` reach the network. */
  readonly prepareNetwork?: boolean | undefined;
}

/** What every process of a run carries in its environment, so that survivors of a dead run can be found. */
export function markOf(run: string): string {
  return `${run}.`;
}

export interface TrialPlaces {
  /** Where checks run and one tool at a time works. */
  readonly worktree: Worktree;
  readonly measure: Measure;
  /** Further ones, by number from 0, for whoever works beside the checks. */
  readonly desk: (number: number) => Worktree;
}

export function openTrial(parts: TrialParts): TrialPlaces {
  const { repository, base, shadow, capabilities, listen, signal, run, passEnv, prepareNetwork } = parts;
  const { checkout } = repository;
  const store = join(shadow.folder, "dependencies");
  const preparation = preparationOf(base.config, prepareNetwork);
  const prepared = preparation && new Prepared({ git: shadow.git, checkout, store: join(shadow.folder, "prepared"), capabilities, signal, preparation });
  const dependencies = new DependenciesByLockfile({ git: shadow.git, checkout, store, capabilities, signal, prepared });
  const options = {
    shadow,
    capabilities,
    dependencies,
    head: base.commit,
    checkout,
    readOnlyPaths: ownPaths(),
    passEnv,
    mark: markOf(run),
  };
  const worktrees = (number: number): Worktree => new Worktree(options, number);
  const worktree = worktrees(0);
  const oracles = new Oracles({ git: shadow.git, worktree: worktrees, listen, signal });
  const checks = base.checks.map((definition) => makeCheck(definition, base.config));
  const folder = join(shadow.folder, "readings");
  const lanes = { worktree: (lane: number) => (lane === 0 ? worktree : worktrees(FIRST_LANE + lane)), lanes: laneCount() };
  return { worktree, desk: (number) => worktrees(FIRST_DESK + number), measure: new Measure({ git: shadow.git, ...lanes, oracles, checks, folder, listen, signal }) };
}

/** Only a person can let a command of the repository's reach the network. */
function preparationOf({ prepare }: Config, network = false): Preparation | undefined {
  return prepare && { ...prepare, network };
}

/** Worktrees below this number are the first lane's and the oracles'. */
const FIRST_LANE = 100;
const FIRST_DESK = 200;
const MAX_LANES = 4;
/** What a check of a large project may take; with less there is no room for two. */
const LANE_BYTES = 4 * 1024 ** 3;

function laneCount(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(process.availableMemory() / LANE_BYTES), MAX_LANES));
}
