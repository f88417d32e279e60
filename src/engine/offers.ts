/**
 * What the proposers offer for the findings that stand, and which of it is tried next. An offer stays good while none of
 * its files changes; only findings in changed files are proposed for again. The ladder: whoever costs nothing but time is
 * asked first and together; whoever stands above is asked only for what is left, and told what was tried.
 */
import type { Edit } from "../domain/edit.ts";
import type { Finding } from "../domain/finding.ts";
import type { Asking, Declined, Proposer, Tried } from "../domain/plugin.ts";
import { filesOf, TOOLS_RUNG, type Proposal } from "../domain/proposal.ts";
import type { Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { refusals } from "./gatekeeping.ts";
import { patchesUsedUp } from "./patch-cap.ts";
import { Picked, placeOf } from "./picked.ts";
import type { Kit } from "./kit.ts";
import { rehearse } from "./rehearse.ts";

/** The tree as it stands, and what the checks read of it. */
export interface Standing {
  readonly tree: string;
  readonly readings: readonly Reading[];
}

export class Offers {
  readonly #kit: Kit;
  readonly #capsPatches: boolean;
  /** The proposers of each level, lowest first. */
  readonly #levels: readonly (readonly Proposer[])[];
  /** Content of what was struck or refused in an earlier round; it is not tried again. */
  readonly #settled = new Set<string>();
  /** How often a proposer was asked about a file, by both names. */
  readonly #attempts = new Map<string, number>();
  /** Failures that were told as belonging together. */
  readonly #clusters = new Set<string>();
  #tried: Tried[] = [];
  /** What earlier runs tried of those failures: told, and nothing is decided by it. */
  readonly #earlier: Tried[] = [];
  #readings: readonly Reading[] = [];
  #open: Proposal[] = [];
  /** Places that each proposer was asked about. */
  readonly #asked = new Map<Proposer, Set<string>>();

  /** `capsPatches`: whether what models change in a file is counted over the run; not where a person looks at each. */
  constructor(kit: Kit, { capsPatches = true } = {}) {
    this.#kit = kit;
    this.#capsPatches = capsPatches;
    const byLevel = Map.groupBy(kit.proposers, ({ rung }) => Math.max(rung, TOOLS_RUNG));
    this.#levels = [...byLevel].sort(([one], [other]) => one - other).map(([, level]) => level);
  }

  get levels(): number {
    return this.#levels.length;
  }

  /** How much there is to learn from; grows with all that is refused, struck or declined. */
  get lessons(): number {
    return this.#tried.length;
  }

  /** Asks every proposer up to this level about what it can still be asked about, in the tree as it stands. */
  async gather({ tree, readings }: Standing, findings: readonly Finding[], level: number): Promise<void> {
    this.#readings = readings;
    const standing = new Set(findings.map(placeOf));
    this.#open = this.#open
      .filter((offer) => offer.findings.every((finding) => standing.has(placeOf(finding))))
      .map((offer) => ({ ...offer, base: tree }));
    const before = this.#open.length;
    for (const proposer of this.#levels.slice(0, level + 1).flat()) {
      const unasked = findings.filter((finding) => this.#mayAsk(proposer, finding));
      if (unasked.length === 0) continue;
      this.#note(proposer, unasked);
      const known = await this.#answers(proposer)?.find(proposer.name, tree, unasked);
      if (!known) await this.#ask(proposer, tree, unasked);
      else for (const offer of known) this.#open.push(offer);
    }
    if (this.#open.length > before) this.#open = this.#open.map((offer) => this.#rated(offer)).sort(byEarned);
    this.#kit.trial.measure.soil();
  }

  #rated(offer: Proposal): Proposal {
    const earned = this.#kit.outcomes?.earned(offer.by, offer.findings.map(({ rule }) => rule));
    return earned ? { ...offer, earned } : offer;
  }

  /** For the first time, or once more where what came of it may teach it something. */
  #mayAsk(proposer: Proposer, finding: Finding): boolean {
    const isNew = !this.#asked.get(proposer)?.has(placeOf(finding));
    const { attempts } = proposer;
    if (attempts === undefined) return isNew;
    const made = this.#attempts.get(attemptOf(proposer, finding)) ?? 0;
    if (made === 0) return !this.#isHopeless(proposer, finding);
    return made < attempts && (isNew || this.#mayLearn(proposer, finding));
  }

  /** It failed too often with such findings, and somebody stands above it: they climb at once. */
  #isHopeless({ name, rung }: Proposer, finding: Finding): boolean {
    if (!this.#kit.proposers.some((other) => other.rung > rung)) return false;
    const cluster = this.#kit.outcomes?.cluster(name, finding);
    if (cluster && !this.#clusters.has(`${name}\0${cluster.what}`)) {
      this.#clusters.add(`${name}\0${cluster.what}`);
      this.#earlier.push(...(this.#kit.outcomes?.evidence(cluster) ?? []));
      this.#kit.listen({ type: "notice", reason: reason("run", "cluster", { ...cluster }) });
    }
    return cluster !== undefined;
  }

  /** Something new came of its last attempt; the same twice means that it goes in circles. */
  #mayLearn({ name }: Proposer, { key }: Finding): boolean {
    const tried = this.#tried.filter(({ findings }) => findings.includes(key));
    const own = tried.filter(({ by }) => by === name);
    const prints = tried.map(({ reasons }) => JSON.stringify(reasons));
    return own.length > 0 && new Set(prints).size === prints.length && !this.#open.some((offer) => offer.by === name && this.#isUntried(offer, key));
  }

  #isUntried(offer: Proposal, key: string): boolean {
    return !this.#settled.has(signature(offer)) && offer.findings.some((finding) => finding.key === key);
  }

  #note(proposer: Proposer, findings: readonly Finding[]): void {
    const asked = this.#asked.get(proposer) ?? new Set();
    this.#asked.set(proposer, asked);
    for (const finding of findings) asked.add(placeOf(finding));
    for (const attempt of new Set(findings.map((finding) => attemptOf(proposer, finding)))) {
      this.#attempts.set(attempt, (this.#attempts.get(attempt) ?? 0) + 1);
    }
  }

  /** What a tool says follows from the tree; whoever learns from what was tried keeps its answers itself. */
  #answers({ attempts }: Proposer): Kit["answers"] {
    return attempts === undefined ? this.#kit.answers : undefined;
  }

  /** What it offers before it fails is good; only an answer that came to its end is kept for other runs. */
  async #ask(proposer: Proposer, tree: string, findings: readonly Finding[]): Promise<void> {
    const { listen, signal, trial } = this.#kit;
    listen({ type: "proposing", by: proposer.name, findings: findings.length });
    const workspace = await trial.workspace(tree);
    const offered: Proposal[] = [];
    try {
      for await (const offer of proposer.propose(findings, workspace, this.#asking(tree, proposer))) {
        if ("declined" in offer) this.#decline(offer);
        else offered.push(offer);
      }
      await this.#answers(proposer)?.keep(proposer.name, tree, findings, offered);
    } catch (error) {
      signal?.throwIfAborted();
      const detail = error instanceof Error ? error.message : String(error);
      listen({ type: "notice", reason: reason(proposer.name, "proposer-crashed", { detail }) });
    }
    for (const offer of offered) this.#open.push(offer);
  }

  #asking(tree: string, { rung }: Proposer): Asking {
    const { signal, project, policy } = this.#kit;
    return {
      ...(signal && { signal }),
      ...(project && { project: () => project(tree) }),
      tried: [...this.#earlier, ...this.#tried],
      edits: policy.edits,
      rehearse: (edits) => rehearse(this.#kit, { tree, readings: this.#readings }, { rung, edits }),
    };
  }

  #decline(declined: Declined): void {
    this.#kit.run.decline(declined);
    this.#kit.outcomes?.addDeclined(declined);
    if (declined.again) this.#learn(declined, [], [declined.reason]);
  }

  #learn({ findings, by, rung }: Pick<Proposal, "findings" | "by" | "rung">, edits: readonly Edit[], reasons: readonly Reason[]): void {
    this.#tried.push({ findings: findings.map(({ key }) => key), rules: findings.map(({ rule }) => rule), by, rung, edits, reasons });
  }

  /**
   * The next set: for each finding its first untried offer, as far as the gates pass it and none conflict, with each
   * other or with what is `green` on the tree already.
   */
  async pick(green: readonly Proposal[] = []): Promise<Proposal[]> {
    const picked = new Picked(this.#kit, green, this.#capsPatches);
    for (const offer of this.#open) {
      if (this.#settled.has(signature(offer))) continue;
      const spent = this.#usedUp(offer);
      if (spent.length === 0 && !picked.hasRoomFor(offer)) continue;
      const reasons = [...spent, ...(await refusals(this.#kit, offer))];
      if (reasons.length === 0) picked.add(offer);
      else {
        const verdict: Verdict = { kind: "refused", proposal: offer, reasons, evidence: [] };
        this.settle(verdict);
        this.#kit.run.record(verdict);
      }
    }
    return picked.offers;
  }

  #usedUp(offer: Proposal): Reason[] {
    const why = this.#capsPatches ? patchesUsedUp(offer, this.#kit.run.landed, this.#kit.policy) : undefined;
    return why ? [why] : [];
  }

  /** It was tried and will not land. */
  settle({ kind, proposal, reasons }: Verdict): void {
    if (this.#settled.has(signature(proposal))) return;
    this.#settled.add(signature(proposal));
    this.#kit.outcomes?.add({ verdict: kind, proposal, reasons });
    this.#learn(proposal, proposal.edits, reasons);
  }

  /** After a landing: offers and answers that its files may have made stale are dropped. */
  forget(landed: readonly Proposal[]): void {
    const changed = new Set(landed.flatMap(({ edits }) => filesOf(edits)));
    for (const proposal of landed) this.#kit.outcomes?.add({ verdict: "better", proposal, reasons: [] });
    this.#open = this.#open.filter((offer) => !filesOf(offer.edits).some((file) => changed.has(file)));
    for (const [proposer, asked] of this.#asked) {
      this.#asked.set(proposer, new Set([...asked].filter((place) => !changed.has(place.slice(0, place.indexOf("\0"))))));
    }
  }

  /** Tools will be asked about every finding again; who is asked only so often keeps to what it was asked. */
  forgetAll(): void {
    const isOften = ({ attempts }: Proposer): boolean => attempts === undefined;
    const often = new Set(this.#kit.proposers.filter(isOften).map(({ name }) => name));
    this.#open = this.#open.filter(({ by }) => !often.has(by));
    for (const proposer of [...this.#asked.keys()].filter(isOften)) this.#asked.delete(proposer);
  }
}

function attemptOf({ name }: Proposer, { at }: Finding): string {
  return `${name}\0${at?.file ?? ""}`;
}

/** What somebody without a history is taken for: worse than who has landed, better than who has not. */
const NO_HISTORY = 0.5;

/**
 * What has landed more often is offered first, rung by rung. In steps of a tenth: less is chance, and a proposer's own
 * order is worth more.
 */
function byEarned(one: Proposal, other: Proposal): number {
  const tenths = ({ earned }: Proposal): number => Math.round((earned?.p ?? NO_HISTORY) * 10);
  return Math.max(one.rung, TOOLS_RUNG) - Math.max(other.rung, TOOLS_RUNG) || tenths(other) - tenths(one);
}

/** The content of a proposal wherever it stands, so that a struck one is known again when lines have moved. */
function signature({ by, findings, edits }: Proposal): string {
  return JSON.stringify([by, findings.map(({ key }) => key), edits.map(({ file, before, after }) => [file, before, after])]);
}
