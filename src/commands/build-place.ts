/**
 * On which branch a spec goes on: the last one, where it stands as stet left it; a new one, where that was merged or there is
 * none. Somebody else's hands on it are left alone, and what was deleted is not built again without being asked.
 */
import { EXIT, Problem } from "../domain/problem.ts";
import { BRANCH_PREFIX, checkedOutAt } from "../land/land.ts";
import type { SpecPart, SpecState } from "../ledger/spec-state.ts";
import type { Git } from "../system/git.ts";
import { idOf } from "../system/objects.ts";
import type { Place } from "./begin-run.ts";

export interface PartPlace extends Place {
  /** The commit that the row of parts begins from: chunks are cut by what stands there. */
  readonly rowBase: string;
  /** From 1. */
  readonly number: number;
  /** The part below, where this one is stacked on it. */
  readonly below?: SpecPart;
}

export interface Placing {
  readonly git: Git;
  readonly state: SpecState;
  readonly slug: string;
  /** The commit that a new row begins from. */
  readonly start: string;
  /** Branches of the remote, without `refs/heads/`, where one is pushed to. */
  readonly remote: readonly string[];
  /** The last part is full: the next one is stacked on it. */
  readonly isFull: boolean;
  /** Whether the last run's branch is gone on with. */
  readonly resumes: boolean;
}

export async function placeOf(placing: Placing): Promise<PartPlace> {
  const { git, state, slug, start, isFull, resumes } = placing;
  const last = state.parts.at(-1);
  if (!last || (!resumes && !isFull)) return newRow(placing, slug);
  const stands = await idOf(git, last.ref);
  if (stands === undefined || (await isAncestor(git, last.tip, start))) return newRow(placing, slug);
  if (stands !== last.tip) throw new Problem("branch-moved", { ref: last.ref, expected: last.tip, found: stands }, EXIT.refused);
  const folder = await checkedOutAt(git, last.ref);
  if (folder !== undefined) throw new Problem("branch-checked-out", { ref: last.ref, folder }, EXIT.refused);
  const row = rowOf(state.parts);
  const [first = last] = row;
  const place = { rowBase: first.base, number: row.length };
  if (!isFull) return { ...place, ref: last.ref, tip: last.tip, base: last.base, ...belowOf(row.at(-2)) };
  const ref = await freeRef(placing, `${nameOf(first.ref)}-part-${row.length + 1}`);
  return { ...place, ref, tip: null, base: last.tip, number: row.length + 1, ...belowOf(last) };
}

function belowOf(part: SpecPart | undefined): { readonly below?: SpecPart } {
  return part ? { below: part } : {};
}

async function newRow(placing: Placing, slug: string): Promise<PartPlace> {
  const { start } = placing;
  return { ref: await freeRef(placing, slug), tip: null, base: start, rowBase: start, number: 1 };
}

/** The parts that stand on one another, the last one included, lowest first. */
export function rowOf(parts: readonly SpecPart[]): SpecPart[] {
  const row: SpecPart[] = [];
  for (const part of parts.toReversed()) {
    const [above] = row;
    if (above && above.base !== part.tip) break;
    row.unshift(part);
  }
  return row;
}

function nameOf(ref: string): string {
  return ref.slice(BRANCH_PREFIX.length);
}

/** Names that are tried for one branch. */
const MAX_NAMES = 1_000;

/** A branch is a file among git's refs: one called `a` leaves no room for `a/b`, nor for itself in another letter case. */
async function freeRef({ git, remote }: Placing, name: string): Promise<string> {
  const local = (await git.text(["for-each-ref", "--format=%(refname)"])).split("\n");
  const names = [...local.map((ref) => ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, "")), ...remote];
  const taken = new Set(names.map((one) => one.toLowerCase()));
  const isTaken = (one: string): boolean => taken.has(one) || [...taken].some((other) => other.startsWith(`${one}/`));
  for (let number = 1; number <= MAX_NAMES; number++) {
    const ref = `${BRANCH_PREFIX}${number === 1 ? name : `${name}-${number}`}`;
    if (!isTaken(ref.slice("refs/heads/".length))) return ref;
  }
  throw new Problem("prefix-taken", { ref: `${BRANCH_PREFIX}${name}` }, EXIT.cannotCreate);
}

export async function isAncestor(git: Git, commit: string, of: string): Promise<boolean> {
  return (await git.maybe(["merge-base", "--is-ancestor", commit, of])) !== undefined;
}
