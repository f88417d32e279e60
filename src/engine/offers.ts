/**
 * What the proposers offer for the findings that stand, and which of it is tried next. An offer stays good while none of
 * its files changes; only findings in changed files are proposed for again.
 */
import { conflict, type Edit } from "../domain/edit.ts";
import type { Finding } from "../domain/finding.ts";
import type { Proposer } from "../domain/plugin.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { refusals } from "./gatekeeping.ts";
import type { Kit } from "./kit.ts";

export class Offers {
  readonly #kit: Kit;
  /** Content of what was struck or refused in an earlier round; it is not tried again. */
  readonly #settled = new Set<string>();
  #open: Proposal[] = [];
  #asked = new Set<string>();

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** Asks every proposer about the findings that it has not been asked about, in the tree as it stands. */
  async gather(tree: string, findings: readonly Finding[]): Promise<void> {
    const standing = new Set(findings.map(placeOf));
    this.#open = this.#open
      .filter((offer) => offer.findings.every((finding) => standing.has(placeOf(finding))))
      .map((offer) => ({ ...offer, base: tree }));
    const unasked = findings.filter((finding) => !this.#asked.has(placeOf(finding)));
    if (unasked.length === 0) return;
    for (const finding of unasked) this.#asked.add(placeOf(finding));
    for (const proposer of this.#kit.proposers) {
      const known = await this.#kit.answers?.find(proposer.name, tree, unasked);
      if (!known) await this.#ask(proposer, tree, unasked);
      else for (const offer of known) this.#open.push(offer);
    }
    this.#kit.trial.measure.soil();
  }

  /** What it offers before it fails is good; only an answer that came to its end is kept for other runs. */
  async #ask(proposer: Proposer, tree: string, findings: readonly Finding[]): Promise<void> {
    const { answers, listen, signal, trial } = this.#kit;
    listen({ type: "proposing", by: proposer.name, findings: findings.length });
    const workspace = await trial.measure.workspace(tree);
    const offered: Proposal[] = [];
    try {
      for await (const offer of proposer.propose(findings, workspace, signal)) offered.push(offer);
      await answers?.keep(proposer.name, tree, findings, offered);
    } catch (error) {
      signal?.throwIfAborted();
      const detail = error instanceof Error ? error.message : String(error);
      listen({ type: "notice", reason: reason(proposer.name, "proposer-crashed", { detail }) });
    }
    for (const offer of offered) this.#open.push(offer);
  }

  /**
   * The next set: for each finding its first untried offer, as far as the gates pass it and none conflict, with each
   * other or with what is `green` on the tree already.
   */
  async pick(green: readonly Proposal[] = []): Promise<Proposal[]> {
    const picked = new Picked(this.#kit, green);
    for (const offer of this.#open) {
      if (this.#settled.has(signature(offer)) || !picked.hasRoomFor(offer)) continue;
      const reasons = await refusals(this.#kit, offer);
      if (reasons.length === 0) picked.add(offer);
      else {
        this.settle(offer);
        this.#kit.run.record({ kind: "refused", proposal: offer, reasons, evidence: [] });
      }
    }
    return picked.offers;
  }

  settle(offer: Proposal): void {
    this.#settled.add(signature(offer));
  }

  /** After a landing: offers and answers that its files may have made stale are dropped. */
  forget(landed: readonly Proposal[]): void {
    const changed = new Set(landed.flatMap(({ edits }) => filesOf(edits)));
    this.#open = this.#open.filter((offer) => !filesOf(offer.edits).some((file) => changed.has(file)));
    this.#asked = new Set([...this.#asked].filter((place) => !changed.has(place.slice(0, place.indexOf("\0")))));
  }

  /** Every finding will be asked about again. */
  forgetAll(): void {
    this.#open = [];
    this.#asked.clear();
  }
}

/** A set as it grows, with what the next offer is held against: it costs no more with the thousandth than with the first. */
class Picked {
  readonly offers: Proposal[] = [];
  readonly #maxFiles: number;
  readonly #covered = new Set<string>();
  readonly #editsOf = new Map<string, Edit[]>();
  /** Files that the run has touched, with those of the set. */
  readonly #touched: Set<string>;

  constructor({ maxFiles, run }: Kit, green: readonly Proposal[]) {
    this.#maxFiles = maxFiles;
    this.#touched = new Set(run.landed.flatMap(({ edits }) => filesOf(edits)));
    for (const one of green) this.#take(one);
  }

  /** Whether nothing picked settles its findings or stands in its way, and the run's cap on files leaves room. */
  hasRoomFor({ findings, edits }: Proposal): boolean {
    if (findings.some((finding) => this.#covered.has(placeOf(finding)))) return false;
    const files = filesOf(edits);
    if (files.some((file) => conflict(this.#editsOf.get(file) ?? [], edits))) return false;
    return this.#touched.size + files.filter((file) => !this.#touched.has(file)).length <= this.#maxFiles;
  }

  add(offer: Proposal): void {
    this.offers.push(offer);
    this.#take(offer);
  }

  #take(offer: Proposal): void {
    for (const finding of offer.findings) this.#covered.add(placeOf(finding));
    for (const edit of offer.edits) {
      this.#touched.add(edit.file);
      const edits = this.#editsOf.get(edit.file);
      if (edits) edits.push(edit);
      else this.#editsOf.set(edit.file, [edit]);
    }
  }
}

/** Tells two equal defects of one file apart, as long as the file does not change. */
function placeOf({ key, at }: Finding): string {
  return [at?.file ?? "", key, at?.line ?? 0, at?.column ?? 0].join("\0");
}

/** The content of a proposal wherever it stands, so that a struck one is known again when lines have moved. */
function signature({ by, findings, edits }: Proposal): string {
  return JSON.stringify([by, findings.map(({ key }) => key), edits.map(({ file, before, after }) => [file, before, after])]);
}
