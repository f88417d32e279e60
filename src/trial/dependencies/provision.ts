/** The nouns of what a language's tools need in a worktree, besides `node_modules`. */
import type { Capabilities } from "../../system/sandbox.ts";

/** For every program that runs in the worktree. */
export interface Provision {
  readonly env: Readonly<Record<string, string>>;
  /** Absolute paths on this machine that programs may read. */
  readonly readOnlyPaths: readonly string[];
}

export interface ProvisionRequest {
  /** A checked-out tree, absolute. Read only. */
  readonly root: string;
  /** A folder that stays with the worktree from tree to tree and from run to run; programs may write in it. */
  readonly cache: string;
  /** The folder for installations of stet's own, absolute. */
  readonly store: string;
  readonly checkout: string;
  readonly capabilities: Capabilities;
  readonly signal?: AbortSignal;
}

/** A language with a package store of its own. One file beside this one, named in `kinds.ts`. */
export interface DependencyKind {
  /** Files whose presence anywhere in a tree makes it one of this kind. */
  readonly manifests: readonly string[];
  /** What decides a reading besides the tree: the toolchain, and the packages that are there. */
  key(checkout: string): Promise<string>;
  provide(request: ProvisionRequest): Promise<Provision>;
}
