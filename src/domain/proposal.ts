import { createHash } from "node:crypto";
import type { Edit, Safety } from "./edit.ts";
import type { Finding } from "./finding.ts";
import type { Stated } from "./stated.ts";

export type { Edit, FileMode, Safety } from "./edit.ts";

/** What a proposal cost to make. Absent parts are unknown, never zero. */
export interface Cost {
  /** The full name of the model that was asked. */
  readonly model?: string;
  /** Calls of a model. */
  readonly requests?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly usd?: number;
  /** Of the calls, those whose tokens are an estimate, because the provider did not count them. */
  readonly estimated?: number;
}

/** What share of offers like this one has landed here before, and how many there were. */
export interface Earned {
  /** 0 to 1. */
  readonly p: number;
  readonly n: number;
}

/** Up to this rung stand the project's own tools; above it, models. */
export const TOOLS_RUNG = 1;

/** One complete set of edits: all of them land, or none. Plain data; nobody needs its proposer to judge it. */
export interface Proposal {
  /** Tells two proposals on one tree apart; the same one made again has the same id. */
  readonly id: string;
  /** What it means to settle; empty where a tool's change set is tried for its own sake. */
  readonly findings: readonly Finding[];
  readonly by: string;
  /** Height on the ladder of proposers; cheap and mechanical ones stand on 0. */
  readonly rung: number;
  /** The tree (a git object id) that `before` and `start` refer to. */
  readonly base: string;
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
  /** Why it is `display` only, where the proposer knows more than the tool said. */
  readonly caution?: string;
  /** What whoever suggested it says for it; absent where they say nothing. */
  readonly stated?: Stated;
  readonly cost?: Cost;
  /** Edits whose quote of the file had another indentation than the file, which was put right. */
  readonly reindented?: number;
  /** As it stood before it was tried; absent where its proposer has no history here. */
  readonly earned?: Earned;
}

export function proposal(parts: Omit<Proposal, "id">): Proposal {
  const content = parts.edits.map((edit) => [edit.file, edit.start, edit.before, edit.after, edit.mode ?? ""]);
  const findings = parts.findings.map(({ key }) => key);
  const id = createHash("sha256").update(JSON.stringify([parts.by, findings, content])).digest("hex").slice(0, 12);
  return { id, ...parts };
}

/** The files a proposal touches, each once, in order of first appearance. */
export function filesOf(edits: readonly Edit[]): string[] {
  return [...new Set(edits.map(({ file }) => file))];
}
