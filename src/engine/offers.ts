/**
 * What the proposers offer for the findings that stand, and which of it is tried next. An offer stays good while none of
 * its files changes; only findings in changed files are proposed for again.
 */
import { conflict } from "../domain/edit.ts";
import type { Finding } from "../domain/finding.ts";
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
    const workspace = await this.#kit.trial.measure.workspace(tree);
    for (const proposer of this.#kit.proposers) {
      this.#kit.listen({ type: "proposing", by: proposer.name, findings: unasked.length });
      try {
        for await (const offer of proposer.propose(unasked, workspace, this.#kit.signal)) this.#open.push(offer);
      } catch (error) {
        this.#kit.signal?.throwIfAborted();
        const detail = error instanceof Error ? error.message : String(error);
        this.#kit.listen({ type: "notice", reason: reason(proposer.name, "proposer-crashed", { detail }) });
      }
    }
    this.#kit.trial.measure.soil();
  }

  /** The next set: for each finding its first untried offer, as far as the gates pass it and none conflict. */
  async pick(): Promise<Proposal[]> {
    const picked: Proposal[] = [];
    const covered = new Set<string>();
    for (const offer of this.#open) {
      if (this.#settled.has(signature(offer))) continue;
      if (offer.findings.some((finding) => covered.has(placeOf(finding)))) continue;
      if (picked.some((other) => conflict(other.edits, offer.edits))) continue;
      if (!this.#hasRoomFor(offer, picked)) continue;
      const reasons = await refusals(this.#kit, offer);
      if (reasons.length > 0) {
        this.settle(offer);
        this.#kit.run.record({ kind: "refused", proposal: offer, reasons, evidence: [] });
        continue;
      }
      picked.push(offer);
      for (const finding of offer.findings) covered.add(placeOf(finding));
    }
    return picked;
  }

  /** Whether the run's cap on files leaves room beside what has landed and what is picked. */
  #hasRoomFor(offer: Proposal, picked: readonly Proposal[]): boolean {
    const touched = [...this.#kit.run.landed, ...picked, offer].flatMap(({ edits }) => filesOf(edits));
    return new Set(touched).size <= this.#kit.maxFiles;
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

/** Tells two equal defects of one file apart, as long as the file does not change. */
function placeOf({ key, at }: Finding): string {
  return [at?.file ?? "", key, at?.line ?? 0, at?.column ?? 0].join("\0");
}

/** The content of a proposal wherever it stands, so that a struck one is known again when lines have moved. */
function signature({ by, findings, edits }: Proposal): string {
  return JSON.stringify([by, findings.map(({ key }) => key), edits.map(({ file, before, after }) => [file, before, after])]);
}
