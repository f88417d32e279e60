/** Verdicts as reports need them: live ones and recorded ones alike, sorted into what landed and what did not, and why. */
import type { RecordedFinding, VerdictEntry } from "../domain/entry.ts";
import type { Reason } from "../domain/reason.ts";
import type { VerdictKind } from "../domain/verdict.ts";

/** The common part of a `Verdict` and of a ledger's line. */
export interface Decision {
  readonly kind: VerdictKind;
  readonly proposal: VerdictEntry["proposal"];
  readonly reasons: readonly Reason[];
}

/** Decisions with the same verdict and the same kind of reason. */
export interface Group {
  readonly kind: VerdictKind;
  readonly decisions: readonly [Decision, ...Decision[]];
}

export interface Struck {
  /** Largest group first. */
  readonly groups: readonly Group[];
  readonly count: number;
  /** Proposals that did not land, but whose findings are gone all the same. */
  readonly unneeded: number;
}

/** Whether the trial took it, whatever became of it then: only what is struck has reasons. */
export function isAccepted({ kind, reasons }: Decision): boolean {
  return (kind === "better" || kind === "same") && reasons.length === 0;
}

/**
 * What did not land. Of a proposal that was decided on several times the last decision counts. With `remaining` given,
 * proposals for findings that no longer stand are only counted: another candidate settled them.
 */
export function struckOf(
  decisions: readonly Decision[],
  landed: ReadonlySet<string>,
  remaining?: readonly RecordedFinding[],
): Struck {
  const last = new Map(decisions.map((decision) => [decision.proposal.id, decision]));
  const open = [...last.values()].filter(({ proposal }) => !landed.has(proposal.id));
  const standing = remaining && new Set(remaining.map(({ key }) => key));
  const needed = open.filter(
    ({ proposal: { findings } }) => !standing || findings.length === 0 || findings.some(({ key }) => standing.has(key)),
  );
  return { groups: grouped(needed), count: needed.length, unneeded: open.length - needed.length };
}

function grouped(decisions: readonly Decision[]): Group[] {
  const groups = new Map<string, [Decision, ...Decision[]]>();
  for (const decision of decisions) {
    const [first] = decision.reasons;
    const key = JSON.stringify([decision.kind, first?.by, first?.code, first?.args["rule"], first?.args["mark"]]);
    const group = groups.get(key);
    if (group) group.push(decision);
    else groups.set(key, [decision]);
  }
  const sorted = [...groups.values()].sort((one, other) => other.length - one.length);
  return sorted.map((group) => ({ kind: group[0].kind, decisions: group }));
}
