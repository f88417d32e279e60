/**
 * Finds out which proposals broke which files, by leaving proposals out and looking at the broken files alone. First all
 * files are asked about at once, as if each had been broken by one proposal: then the number of questions grows with the
 * logarithm of the most suspects that a file has, not with the number of files. What that does not explain is bisected
 * file by file.
 */
import type { Proposal } from "../domain/proposal.ts";
import { culpritsAmong } from "./culprits.ts";

/** Which of these files are still broken without these proposals; undefined where that cannot be told. */
export type Ask = (without: ReadonlySet<Proposal>, files: readonly string[]) => Promise<ReadonlySet<string> | undefined>;

/** Proposals with the files that they broke: each file is broken with it, and well without it and the others here. */
export type SingledOut = ReadonlyMap<Proposal, readonly string[]>;

/** Suspects by file. */
type Suspects = ReadonlyMap<string, readonly Proposal[]>;

/** In all; a look at a few files is quick, and what is left unexplained shows again in the next measurement. */
const MAX_QUESTIONS = 200;

/**
 * The same for files that nobody breaks but those who edit them: each is bisected, all in step, so that one question serves
 * every file. Those that edit several of them may confuse it; what it finds is a guess that saves measurements.
 */
export async function singleOutEditors(editors: Suspects, ask: Ask): Promise<SingledOut | undefined> {
  const found = new Map<Proposal, string[]>();
  let open = [...editors].map(([file, suspects]) => ({ file, search: culpritsAmong(suspects), isBroken: true }));
  for (let left = MAX_QUESTIONS; open.length > 0 && left > 0; left--) {
    const asked = open.flatMap(({ file, search, isBroken }) => {
      const { done, value } = search.next(isBroken);
      if (!done) return [{ file, search, without: value }];
      for (const one of value) found.set(one, [...(found.get(one) ?? []), file]);
      return [];
    });
    if (asked.length === 0) break;
    const broken = await ask(new Set(asked.flatMap(({ without }) => [...without])), asked.map(({ file }) => file));
    if (!broken) return undefined;
    open = asked.map(({ file, search }) => ({ file, search, isBroken: broken.has(file) }));
  }
  return found;
}

/** Where culprits break files by themselves, nobody else is singled out. Undefined as soon as a question has no answer. */
export async function singleOut(suspects: Suspects, ask: Ask): Promise<SingledOut | undefined> {
  let left = MAX_QUESTIONS;
  const counted: Ask = (without, files) => (left-- > 0 ? ask(without, files) : Promise.resolve(undefined));
  const found = await allAtOnce(suspects, counted);
  if (!found) return undefined;
  const culprits = new Map<Proposal, readonly string[]>(found);
  const explained = new Set([...found.values()].flat());
  const others = [...suspects.keys()].filter((file) => !explained.has(file));
  const broken = others.length > 0 ? await counted(new Set(culprits.keys()), others) : undefined;
  for (const file of broken ?? []) {
    const guilty = await oneFile(file, suspects.get(file) ?? [], new Set(culprits.keys()), counted);
    for (const one of guilty) culprits.set(one, [...(culprits.get(one) ?? []), file]);
  }
  return culprits;
}

/** Right where each file was broken by one proposal; where not, nothing is said of that file. */
async function allAtOnce(suspects: Suspects, ask: Ask): Promise<SingledOut | undefined> {
  const open = new Map(suspects);
  const most = Math.max(...[...suspects.values()].map(({ length }) => length));
  for (let left = 2 * Math.ceil(Math.log2(most)) + 1; left > 0; left--) {
    const files = [...open.keys()].filter((file) => (open.get(file)?.length ?? 0) > 1);
    if (files.length === 0) break;
    const without = halfOfEach(files.map((file) => open.get(file) ?? []));
    const broken = await ask(without, files);
    if (!broken) return undefined;
    for (const file of files) open.set(file, (open.get(file) ?? []).filter((one) => without.has(one) !== broken.has(file)));
  }
  const claims = [...open].flatMap(([file, [one, ...more]]): Claim[] => (one && more.length === 0 ? [[file, one]] : []));
  return proven(claims, suspects, ask);
}

type Claim = readonly [file: string, culprit: Proposal];

/**
 * Those claims that cannot be wrong. Without all that are claimed the file has to be well, so whoever breaks it is among
 * these. Where it suspects several of them, groups are put back: by each bit of their numbers, those whose bit is not that
 * of the claimed one. If the file stays well each time, nobody but that one can be behind it.
 */
async function proven(claims: readonly Claim[], suspects: Suspects, ask: Ask): Promise<SingledOut | undefined> {
  const claimed = [...new Set(claims.map(([, one]) => one))];
  const well = await stillWell(claims, claimed, ask);
  const rivals = (file: string): number => (suspects.get(file) ?? []).filter((one) => claimed.includes(one)).length;
  const [sure, unsure] = partition(well ?? [], ([file]) => rivals(file) > 1);
  const confirmed = await againstOthers(unsure, claimed, ask);
  if (!well || !confirmed) return undefined;
  const found = Map.groupBy([...sure, ...confirmed], ([, one]) => one);
  return new Map([...found].map(([one, group]) => [one, group.map(([file]) => file)]));
}

/** Less those whose file is broken when those are put back whose number differs from its culprit's in some bit. */
async function againstOthers(claims: readonly Claim[], claimed: readonly Proposal[], ask: Ask): Promise<readonly Claim[] | undefined> {
  const numbers = new Map(claimed.map((one, index) => [one, index]));
  let left: readonly Claim[] | undefined = claims;
  for (let bit = 0; 1 << bit < claimed.length; bit++) {
    for (const value of [0, 1]) {
      const isLike = (one: Proposal): boolean => (((numbers.get(one) ?? 0) >> bit) & 1) === value;
      const [others, asked]: [Claim[], Claim[]] = partition(left ?? [], ([, one]) => isLike(one));
      const well: readonly Claim[] | undefined = await stillWell(asked, claimed.filter(isLike), ask);
      left = left && well && [...others, ...well];
    }
  }
  return left;
}

/** Those claims whose file is well without these proposals. */
async function stillWell(claims: readonly Claim[], without: readonly Proposal[], ask: Ask): Promise<readonly Claim[] | undefined> {
  if (claims.length === 0) return [];
  const broken = await ask(new Set(without), claims.map(([file]) => file));
  return broken && claims.filter(([file]) => !broken.has(file));
}

function partition<T>(all: readonly T[], isSecond: (one: T) => boolean): [T[], T[]] {
  return [all.filter((one) => !isSecond(one)), all.filter(isSecond)];
}

/** Those that break the file beside what is known to, as far as questions last. */
async function oneFile(file: string, suspects: readonly Proposal[], known: ReadonlySet<Proposal>, ask: Ask): Promise<readonly Proposal[]> {
  const search = culpritsAmong(suspects, known);
  let step = search.next(true);
  while (!step.done) step = search.next((await ask(step.value, [file]))?.has(file));
  return step.value;
}

/** Proposals that are half of the first group, and as near to half of each later one as the earlier ones leave it. */
function halfOfEach(groups: readonly (readonly Proposal[])[]): Set<Proposal> {
  const isChosen = new Map<Proposal, boolean>();
  for (const group of groups) {
    let balance = group.reduce((sum, one) => sum + weightOf(isChosen.get(one)), 0);
    for (const one of group) {
      if (isChosen.has(one)) continue;
      isChosen.set(one, balance <= 0);
      balance += weightOf(balance <= 0);
    }
  }
  return new Set([...isChosen].flatMap(([one, chosen]) => (chosen ? [one] : [])));
}

/** More chosen than not gives a sum above zero. */
function weightOf(chosen: boolean | undefined): number {
  return chosen === undefined ? 0 : chosen ? 1 : -1;
}
