/**
 * Pull requests as stet needs them, whichever forge keeps them; GitLab's merge requests are meant as well. Plain data and
 * the interface of a forge; who asks it, when, and what is never asked stands in `land/pull-request.ts`.
 */

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** `closed`: without a merge. Somebody said no. */
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  /** The branch's name, without `refs/heads/`. */
  readonly head: string;
  readonly createdAtMs: number;
}

export interface NewPullRequest {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly draft: boolean;
}

/**
 * Why a forge did not do what it was asked.
 * - `auth`: no token, or one that may not do this. `missing`: no such repository, or none that the token may see.
 * - `conflict`: it says that this is there already. `rejected`: it does not want it (the detail says why).
 * - `rate-limited`, `transient`: it may do it later. `refused-endpoint`: a redirect, or an answer too large to be one.
 */
export type ForgeFaultKind = "auth" | "missing" | "conflict" | "rejected" | "rate-limited" | "transient" | "refused-endpoint";

export interface ForgeFault {
  readonly kind: ForgeFaultKind;
  /** What it said, its beginning. Hostile text. */
  readonly detail: string;
}

/** An answer, or why there is none. */
export type Forged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: ForgeFault };

/** A comment on a pull request as a whole. */
export interface Remark {
  readonly id: number;
  /** Markdown. Hostile text. */
  readonly body: string;
}

/** A review comment on a pull request, as far as a suggestion in it can be read. */
export interface ForgeComment {
  readonly [field: string]: unknown;
}

/** One repository on a forge. No method ever throws for what the forge does. */
export interface Forge {
  readonly kind: "github" | "gitlab";
  defaultBranch(): Promise<Forged<string>>;
  /** Every pull request that was ever opened from this branch of the repository itself, the newest first. */
  opened(head: string): Promise<Forged<readonly PullRequest[]>>;
  /** The newest pull requests of any state whose branch begins so, at most a hundred. */
  recent(headPrefix: string): Promise<Forged<readonly PullRequest[]>>;
  open(wanted: NewPullRequest): Promise<Forged<PullRequest>>;
  /** `draft`: as it is now; some forges write that into the title. */
  edit(number: number, changes: Partial<Pick<NewPullRequest, "title" | "body" | "base" | "draft">>): Promise<Forged<PullRequest>>;
  /** A draft is one no longer. */
  markReady(pullRequest: PullRequest): Promise<Forged<PullRequest>>;
  comment(number: number, body: string): Promise<Forged<undefined>>;
  /** What was said on it, outside of reviews, the oldest first; the last thousand at most. */
  comments(number: number): Promise<Forged<readonly Remark[]>>;
  editComment(number: number, id: number, body: string): Promise<Forged<undefined>>;
  /** As the forge's own API gives them. */
  reviewComments(number: number): Promise<Forged<readonly ForgeComment[]>>;
}
