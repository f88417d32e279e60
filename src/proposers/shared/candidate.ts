/**
 * What a proposer has in hand before it is a proposal, and how several become one. Shared by the proposers whose
 * fixes are plain data; knows no tool and reads no file.
 */
import { conflict, type Edit, type Safety } from "../../domain/edit.ts";
import type { Finding } from "../../domain/finding.ts";
import { proposal, type Proposal } from "../../domain/proposal.ts";
import { statedTogether, type Stated } from "../../domain/stated.ts";

export interface Candidate {
  readonly findings: readonly Finding[];
  readonly title: string;
  readonly safety: Safety;
  readonly caution?: string;
  readonly stated?: Stated;
  readonly edits: readonly Edit[];
}

/** A merged proposal holds at most this many fixes: finding conflicts costs the square of it, and the next round
 * merges what is left. */
const MAX_MERGED = 500;
const MAX_TITLE = 120;
const ORDER: readonly Safety[] = ["safe", "unsafe", "display"];

/**
 * One candidate from all that stand side by side, earlier ones first; an edit that two of them share is taken once.
 * What is for display only stays out. Undefined when fewer than two fit together.
 */
export function merge(candidates: readonly Candidate[], title: string): Candidate | undefined {
  const taken: Candidate[] = [];
  const edits = new Map<string, Edit>();
  for (const candidate of candidates) {
    if (taken.length === MAX_MERGED) break;
    if (candidate.safety === "display") continue;
    const fresh = candidate.edits.filter((edit) => !edits.has(identity([edit])));
    if (conflict([...edits.values()], fresh)) continue;
    for (const edit of fresh) edits.set(identity([edit]), edit);
    taken.push(candidate);
  }
  if (taken.length < 2) return undefined;
  const stated = statedTogether(taken.flatMap((one) => one.stated ?? []));
  return { findings: findingsOf(taken), title, safety: leastSafe(taken), edits: [...edits.values()], ...(stated && { stated }) };
}

/** Candidates that make the very same edits become one, in the place of the first, with all their findings. */
export function unite(candidates: readonly Candidate[]): Candidate[] {
  const byEdits = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = identity(candidate.edits);
    byEdits.set(key, [...(byEdits.get(key) ?? []), candidate]);
  }
  return [...byEdits.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, findings: findingsOf(same), safety: leastSafe(same) }] : [];
  });
}

export function safetyRank(safety: Safety): number {
  return ORDER.indexOf(safety);
}

/** `no-var in src/a.ts: Use let`: the code, the place, and what the tool calls its change. One line, cut when long. */
export function titleOf(rule: string, file: string, change?: string): string {
  const whole = change === undefined ? `${rule} in ${file}` : `${rule} in ${file}: ${change}`;
  const line = whole.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const points = Array.from(line);
  return points.length > MAX_TITLE ? `${points.slice(0, MAX_TITLE - 1).join("")}…` : line;
}

/** Makes the proposals of one proposer on one tree; what it has made before is dropped (undefined). */
export function proposalMaker(by: string, base: string, rung = 0): (candidate: Candidate) => Proposal | undefined {
  const ids = new Set<string>();
  return (candidate) => {
    const made = proposal({ by, rung, base, ...candidate });
    if (ids.has(made.id)) return undefined;
    ids.add(made.id);
    return made;
  };
}

function findingsOf(candidates: readonly Candidate[]): Finding[] {
  return [...new Set(candidates.flatMap(({ findings }) => findings))];
}

function leastSafe(candidates: readonly Candidate[]): Safety {
  return ORDER[Math.max(...candidates.map(({ safety }) => safetyRank(safety)))] ?? "display";
}

function identity(edits: readonly Edit[]): string {
  return JSON.stringify(edits.map(({ file, start, before, after, mode }) => [file, start, before, after, mode ?? ""]));
}
