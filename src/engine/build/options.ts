/** What a build is told, and what it tells of each chunk. */
import type { Reading } from "../../domain/reading.ts";
import type { Reason } from "../../domain/reason.ts";
import type { Chunk, Spec } from "../../domain/task.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Kit } from "../kit.ts";
import type { Bench } from "./bench.ts";
import type { Work } from "./builder.ts";
import type { Carried } from "./early.ts";
import type { Engines } from "./engines.ts";

export interface BuildOptions {
  readonly spec: Spec;
  /** In their order. */
  readonly chunks: readonly Chunk[];
  /** Ids of those that need not be built. */
  readonly done: ReadonlySet<string>;
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly engines: Engines;
  /** As many chunks are in work at once. One alone may be where checks run; several are worktrees of their own. */
  readonly benches: readonly Bench[];
  readonly chunkDeadlineMs: number;
  /** A landed chunk's commit message. */
  message(chunk: Chunk, work: Work, ...of: Parameters<Kit["message"]>): string;
  readonly now: () => number;
  /** What an earlier part has left: green without room there, and what was in work beside it. */
  readonly carried: readonly Carried[];
  /** Whether what is green may land in this part; the reason ends the part. */
  mayLand(verdicts: readonly Verdict[], tree: string): Promise<Reason | undefined>;
  /** Hears of each chunk once its fate is known, before the next begins. */
  settled(chunk: Chunk, fate: Fate): Promise<void>;
}

export type Fate = { readonly kind: "landed"; readonly work: Work } | { readonly kind: "failed"; readonly reasons: readonly Reason[] };
