/**
 * Which of its suspects break a file, by bisecting: asks whether it is still broken without some of them, and goes on until
 * it is well. It yields who is left out and gets the answer, so that whoever drives it may ask for many files at once.
 */
import type { Proposal } from "../domain/proposal.ts";

/** Undefined as an answer: that cannot be told, and the search ends with what it has. */
export type CulpritSearch = Generator<ReadonlySet<Proposal>, readonly Proposal[], boolean | undefined>;

/** Begins with a file that is broken; `known` to break it are left out from the start. The first answer is for nothing. */
export function* culpritsAmong(suspects: readonly Proposal[], known: ReadonlySet<Proposal> = new Set()): CulpritSearch {
  const out = new Set(known);
  const culprits: Proposal[] = [];
  let isBroken = known.size === 0 || (yield out);
  while (isBroken) {
    const culprit = yield* bisect(suspects.filter((one) => !out.has(one)), out);
    if (!culprit) return culprits;
    out.add(culprit);
    culprits.push(culprit);
    isBroken = yield out;
  }
  return culprits;
}

/** One that breaks what is broken without `out`. Undefined where it is somebody who is no suspect, or nobody alone. */
function* bisect(suspects: readonly Proposal[], out: ReadonlySet<Proposal>): Generator<ReadonlySet<Proposal>, Proposal | undefined, boolean | undefined> {
  let without = out;
  let open = suspects;
  while (open.length > 1) {
    const half = open.slice(0, Math.ceil(open.length / 2));
    const smaller = without.union(new Set(half));
    const still = yield smaller;
    if (still === undefined) return undefined;
    if (still) without = smaller;
    open = still ? open.slice(half.length) : half;
  }
  const [culprit] = open;
  return culprit && (yield without.union(new Set([culprit]))) === false ? culprit : undefined;
}
