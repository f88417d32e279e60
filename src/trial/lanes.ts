/**
 * Worktrees in which checks run, one check at a time in each. In the first one proposers and tools work too, so it is
 * set to a tree once and stays, until something has written into it.
 */
import type { Check, Workspace } from "../domain/plugin.ts";
import type { Worktree } from "./worktree.ts";

export interface LanesOptions {
  /** By lane, from 0. */
  worktree(lane: number): Worktree;
  readonly lanes: number;
}

/** Whether to go on with the next check. */
type Work = (check: Check, lane: number) => Promise<boolean>;

export class Lanes {
  readonly #options: LanesOptions;
  readonly #worktrees = new Map<number, Worktree>();
  #open: { readonly tree: string; readonly workspace: Workspace } | undefined;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  /** The first lane's; the same one while the tree stays. */
  async workspace(tree: string): Promise<Workspace> {
    if (this.#open?.tree !== tree) {
      this.#open = undefined;
      this.#open = { tree, workspace: await this.#worktree(0).open(tree) };
    }
    return this.#open.workspace;
  }

  soil(): void {
    this.#open = undefined;
  }

  /** For one check: what it writes, the next must not see. */
  async lend(tree: string, lane: number): Promise<Workspace> {
    if (lane > 0) return this.#worktree(lane).open(tree);
    const workspace = await this.workspace(tree);
    this.soil();
    return workspace;
  }

  /**
   * In their order. Checks that always read the same run side by side, as many as there are lanes; one that may be at odds
   * with itself runs alone, since company could make it so. Ends with the first that says so, and what runs beside it.
   */
  async each(checks: readonly Check[], work: Work): Promise<void> {
    for (const batch of batches(checks)) {
      const queue = batch.values();
      const stop = { isRed: false };
      const lane = async (number: number): Promise<void> => {
        for (const check of queue) {
          if (stop.isRed) return;
          if (!(await work(check, number))) stop.isRed = true;
        }
      };
      const count = Math.min(this.#options.lanes, batch.length);
      const settled = await Promise.allSettled(Array.from({ length: count }, (_, number) => lane(number)));
      for (const one of settled) if (one.status === "rejected") throw one.reason;
      if (stop.isRed) return;
    }
  }

  #worktree(lane: number): Worktree {
    const known = this.#worktrees.get(lane) ?? this.#options.worktree(lane);
    this.#worktrees.set(lane, known);
    return known;
  }
}

function batches(checks: readonly Check[]): Check[][] {
  const made: Check[][] = [];
  for (const check of checks) {
    const last = made.at(-1);
    if (last?.[0]?.deterministic && check.deterministic) last.push(check);
    else made.push([check]);
  }
  return made;
}
