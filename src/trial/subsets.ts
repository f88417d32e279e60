/** Parts of a set of proposals that a search may try. */
import type { Proposal } from "../domain/proposal.ts";

export type Set_ = readonly Proposal[];

/** Pairs of more than these would be too many. */
const MAX_PAIRED = 4;

export function split(all: Set_, chosen: ReadonlySet<Proposal>): [others: Set_, chosen: Set_] {
  return [all.filter((one) => !chosen.has(one)), all.filter((one) => chosen.has(one))];
}

export function allButOne(set: Set_): Set_[] {
  return set.length < 3 ? [] : set.map((left) => set.filter((one) => one !== left));
}

export function pairs(set: Set_): Set_[] {
  return set.length < 4 || set.length > MAX_PAIRED ? [] : set.flatMap((one, index) => set.slice(index + 1).map((other) => [one, other]));
}
