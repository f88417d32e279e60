/**
 * Landing: one commit per proposal on a branch of stet's own, moved by compare-and-swap. The ledger has the intent
 * before the ref moves and the fact after it, so a kill between the two is found and settled by the next run. No force,
 * no hook, no ref outside the prefix, no branch that is checked out anywhere.
 */
import type { LandedCommit } from "../domain/entry.ts";
import type { Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { composeSteps } from "../system/compose.ts";
import { treeOf } from "../system/folders.ts";
import { GitFault, type Git } from "../system/git.ts";
import { removeRefLock } from "../system/ref-lock.ts";
import { storageFaultIn } from "../system/storage-fault.ts";
import { Writing } from "../system/writing.ts";
import { commitText, type Identity } from "./commits.ts";

export const BRANCH_PREFIX = "refs/heads/stet/";

/** What landing tells the ledger; the caller writes it. */
export interface LandingJournal {
  intent(line: { ref: string; from: string | null; to: string; commits: readonly LandedCommit[] }): void;
  landed(line: { ref: string; from: string | null; to: string; commits: readonly LandedCommit[] }): void;
  abandoned(line: { ref: string; to: string; reason: Reason }): void;
}

export interface LandingOptions {
  readonly git: Git;
  readonly ref: string;
  /** The commit that the first new one stands on. */
  readonly parent: string;
  /** Where the ref must stand now; null where it must not exist. */
  readonly from: string | null;
  readonly proposals: readonly Proposal[];
  /** The tree that was tried: the last commit must have exactly it. */
  readonly tree: string;
  readonly who: Identity;
  readonly atMs: number;
  readonly message: (proposal: Proposal) => string;
  readonly journal: LandingJournal;
}

export type Landing =
  | { readonly ok: true; readonly tip: string; readonly commits: readonly LandedCommit[] }
  | { readonly ok: false; readonly reason: Reason };

export async function land(options: LandingOptions): Promise<Landing> {
  const { git, ref, from, journal } = options;
  if (!ref.startsWith(BRANCH_PREFIX)) throw new Error(`not a branch of stet's own: ${ref}`);
  const commits = await makeCommits(options);
  const to = commits.at(-1)?.commit ?? options.parent;
  const busy = await checkedOutAt(git, ref);
  if (busy !== undefined) return { ok: false, reason: reason("land", "branch-checked-out", { ref, folder: busy }) };
  journal.intent({ ref, from, to, commits });
  try {
    const old = from ?? "0".repeat(to.length);
    await git.text(["update-ref", "--no-deref", "-m", `stet: ${commits.length} landed`, ref, to, old]);
  } catch (error) {
    if (!(error instanceof GitFault)) throw error;
    // git may have died right after it moved the ref: only the ref itself knows.
    const stands = await git.maybe(["rev-parse", "--verify", "--quiet", ref]);
    if (stands !== to) {
      const why = reason("land", "ref-moved", { ref, detail: error.stderr });
      await removeRefLock(git, ref, to);
      journal.abandoned({ ref, to, reason: why });
      if (error.died || storageFaultIn(error)) throw error;
      return { ok: false, reason: why };
    }
  }
  journal.landed({ ref, from, to, commits });
  return { ok: true, tip: to, commits };
}

/** All objects are made first and written in one go: a commit costs git no process of its own. */
async function makeCommits(options: LandingOptions): Promise<LandedCommit[]> {
  const { git, proposals, who, atMs } = options;
  const base = await treeOf(git, options.parent);
  const writing = new Writing(git, base.length);
  const trees = await composeSteps(git, writing, base, proposals);
  if ((trees.at(-1) ?? base) !== options.tree) throw new Error("the tree to land is not the tree that was tried");
  const commits: LandedCommit[] = [];
  for (const [index, proposal] of proposals.entries()) {
    const parent = commits.at(-1)?.commit ?? options.parent;
    const message = options.message(proposal);
    const commit = writing.commit(commitText({ tree: trees[index] ?? base, parent, message, who, atMs }));
    commits.push({ proposal: proposal.id, commit, title: message.split("\n", 1)[0] ?? "" });
  }
  const [last] = commits.slice(-1);
  if (last) await writing.flush(last.commit);
  return commits;
}

/** The worktree folder that has this branch checked out, where one has. */
export async function checkedOutAt(git: Git, ref: string): Promise<string | undefined> {
  const blocks = (await git.text(["worktree", "list", "--porcelain"])).split("\n\n");
  const block = blocks.find((lines) => lines.split("\n").includes(`branch ${ref}`));
  return block?.split("\n")[0]?.replace(/^worktree /, "");
}
