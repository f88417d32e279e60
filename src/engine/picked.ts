/** A set of offers that can be tried together, as it is picked. */
import { conflict, type Edit } from "../domain/edit.ts";
import type { Finding } from "../domain/finding.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import type { Kit } from "./kit.ts";
import { patchesUsedUp } from "./patch-cap.ts";

/** A set as it grows, with what the next offer is held against: it costs no more with the thousandth than with the first. */
export class Picked {
  readonly offers: Proposal[] = [];
  readonly #maxFiles: number;
  readonly #isUsedUp: (offer: Proposal) => boolean;
  /** What the run has landed, with the set. */
  readonly #taken: Proposal[];
  readonly #covered = new Set<string>();
  readonly #editsOf = new Map<string, Edit[]>();
  /** Files that the run has touched, with those of the set. */
  readonly #touched: Set<string>;

  constructor({ maxFiles, run, policy }: Kit, green: readonly Proposal[], capsPatches: boolean) {
    this.#maxFiles = maxFiles;
    this.#taken = [...run.landed];
    this.#isUsedUp = (offer) => capsPatches && patchesUsedUp(offer, this.#taken, policy) !== undefined;
    this.#touched = new Set(run.landed.flatMap(({ edits }) => filesOf(edits)));
    for (const one of green) this.#take(one);
  }

  /** Whether nothing picked settles its findings or stands in its way, and the run's cap on files leaves room. */
  hasRoomFor(offer: Proposal): boolean {
    const { findings, edits } = offer;
    if (this.#isUsedUp(offer) || findings.some((finding) => this.#covered.has(placeOf(finding)))) return false;
    const files = filesOf(edits);
    if (files.some((file) => conflict(this.#editsOf.get(file) ?? [], edits))) return false;
    return this.#touched.size + files.filter((file) => !this.#touched.has(file)).length <= this.#maxFiles;
  }

  add(offer: Proposal): void {
    this.offers.push(offer);
    this.#take(offer);
  }

  #take(offer: Proposal): void {
    this.#taken.push(offer);
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
export function placeOf({ key, at }: Finding): string {
  return [at?.file ?? "", key, at?.line ?? 0, at?.column ?? 0].join("\0");
}
