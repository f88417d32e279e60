/**
 * What share of a proposer's offers for a rule has landed in this repository, by the ledger's own outcomes. Few outcomes
 * say little, so each level leans on the one above it: a rule on its proposer, a proposer on all of them. A proposer that
 * asks another model has another name, and begins anew.
 */
import type { DeclinedEntry, Entry, VerdictEntry } from "../domain/entry.ts";
import type { Tried } from "../domain/plugin.ts";
import type { Earned } from "../domain/proposal.ts";

/** So many outcomes weigh as much as what the level above says. */
const WEIGHT = 4;
/** What all proposers begin with. */
const EVEN = 0.5;

export interface Tally {
  readonly landed: number;
  readonly all: number;
}

/** So many failures without one success, for a rule or in a file, are no coincidence (capability A11). */
export const CLUSTER = 3;

/** Failures of one proposer that belong together. */
export interface Cluster {
  readonly by: string;
  /** The rule, or the file. */
  readonly what: string;
  readonly times: number;
}

/** Failures of a cluster that are told to whoever comes next: the last ones. */
const TOLD = 3;

const NONE: Tally = { landed: 0, all: 0 };

export class Outcomes {
  readonly #tallies = new Map<string, Tally>();
  /** What became of aiming at a rule or a file, by proposer. */
  readonly #aims = new Map<string, Tally>();
  /** The last failures of earlier runs, by proposer and aim. */
  readonly #failures = new Map<string, readonly Tried[]>();

  /** An unclear verdict says nothing of the proposer; a dry run's says as much as any. */
  add({ verdict, proposal, reasons }: Pick<VerdictEntry, "verdict" | "proposal"> & Partial<Pick<VerdictEntry, "reasons">>): void {
    if (verdict === "unclear") return;
    // What makes nothing better lands where that is enough, and then there is no reason against it.
    const landed = verdict === "better" || (verdict === "same" && reasons?.length === 0) ? 1 : 0;
    const rules = [...new Set(proposal.findings.map(({ rule }) => rule))].map((rule) => keyOf(proposal.by, rule));
    for (const key of ["", proposal.by, ...rules]) count(this.#tallies, key, landed);
    this.#met(proposal, landed);
  }

  /** It had nothing to offer: no offer that failed, but a failure where failures are looked for. */
  addDeclined(declined: Pick<DeclinedEntry, "by" | "findings">): void {
    this.#met(declined, 0);
  }

  /** Why this proposer need not be asked about such a finding again; undefined where it may do better. */
  cluster(by: string, { rule, at }: { readonly rule: string; readonly at?: { readonly file: string } }): Cluster | undefined {
    for (const what of [rule, ...(at ? [at.file] : [])]) {
      const { landed, all } = this.#aims.get(keyOf(by, what)) ?? NONE;
      if (landed === 0 && all >= CLUSTER) return { by, what, times: all };
    }
    return undefined;
  }

  /** Of an earlier run: what was tried, or asked in vain, and why it came to nothing. */
  remember(failed: Tried, aims: readonly string[]): void {
    for (const key of aims.map((aim) => keyOf(failed.by, aim))) this.#failures.set(key, [...(this.#failures.get(key) ?? []), failed].slice(-TOLD));
  }

  /** What earlier runs know of a cluster's failures. */
  evidence({ by, what }: Cluster): readonly Tried[] {
    return this.#failures.get(keyOf(by, what)) ?? [];
  }

  #met({ by, findings }: Pick<DeclinedEntry, "by" | "findings">, landed: 0 | 1): void {
    for (const aim of aimsOf(findings)) count(this.#aims, keyOf(by, aim), landed);
  }

  /** Of the rule with the worst record among these; undefined where this proposer has none at all. */
  earned(by: string, rules: readonly string[]): Earned | undefined {
    const own = this.#tallies.get(by);
    if (!own) return undefined;
    const base = shrunk(own, shrunk(this.#tallies.get("") ?? NONE, EVEN));
    const each = [...new Set(rules)].map((rule): Earned => {
      const tally = this.#tallies.get(keyOf(by, rule)) ?? NONE;
      return { p: shrunk(tally, base), n: tally.all };
    });
    return each.sort((one, other) => one.p - other.p)[0] ?? { p: base, n: 0 };
  }
}

/** The rules and the files of findings, each once. */
function aimsOf(findings: DeclinedEntry["findings"]): string[] {
  return [...new Set(findings.flatMap(({ rule, at }) => [rule, ...(at ? [at.file] : [])]))];
}

function count(tallies: Map<string, Tally>, key: string, landed: 0 | 1): void {
  const tally = tallies.get(key) ?? NONE;
  tallies.set(key, { landed: tally.landed + landed, all: tally.all + 1 });
}

/** Few outcomes say little: they lean on what the level above says. */
export function shrunk({ landed, all }: Tally, above = EVEN): number {
  return (landed + WEIGHT * above) / (all + WEIGHT);
}

function keyOf(by: string, rule: string): string {
  return `${by}\0${rule}`;
}

export async function readOutcomes(entries: AsyncIterable<Entry>): Promise<Outcomes> {
  const outcomes = new Outcomes();
  for await (const entry of entries) {
    if (entry.kind === "verdict") {
      outcomes.add(entry);
      const { proposal, reasons, verdict } = entry;
      if (verdict !== "better" && reasons.length > 0) outcomes.remember(triedOf(proposal, proposal.edits, reasons), aimsOf(proposal.findings));
    }
    if (entry.kind === "declined") {
      outcomes.addDeclined(entry);
      outcomes.remember(triedOf(entry, [], [entry.reason]), aimsOf(entry.findings));
    }
  }
  return outcomes;
}

function triedOf({ findings, by, rung }: Pick<DeclinedEntry, "findings" | "by" | "rung">, edits: Tried["edits"], reasons: Tried["reasons"]): Tried {
  return { findings: findings.map(({ key }) => key), rules: findings.map(({ rule }) => rule), by, rung, edits, reasons };
}
