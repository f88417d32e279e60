/**
 * From what others wrote to what is worth a trial: reads the inputs, holds each suggestion against the repository and the
 * policy, unites what is said twice, and finds the places of concrete changes in the base. Everything that does not come
 * through is told, with its reason. Runs nothing, and changes nothing.
 */
import { chooseFiles } from "../domain/choose-files.ts";
import { ELIGIBILITY, ineligibility, type EligibilityLimits } from "../domain/eligibility.ts";
import type { Finding, Fix } from "../domain/finding.ts";
import type { Policy } from "../domain/plugin.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Advice, Skipped, SourceItem, Suggestion } from "../domain/suggestion.ts";
import { unite, type United } from "../domain/unite.ts";
import { placeChanges, placeInText, type KnownTexts } from "../formats/edits.ts";
import { Lines } from "../formats/places.ts";
import { deniedPath } from "../gates/shared/denied.ts";
import { sources } from "../sources/index.ts";
import { readInputs } from "../sources/shared/read.ts";
import { standingsOf, type Ground } from "../sources/shared/standing.ts";
import { readBase } from "../system/tree.ts";

/** What did not come through, as it is decided. */
export type SiftEvent =
  | { readonly type: "skipped"; readonly skipped: Skipped }
  | { readonly type: "ineligible"; readonly suggestion: Suggestion; readonly reason: Reason }
  | { readonly type: "not-tried"; readonly suggestion: Suggestion; readonly reason: Reason };

export interface SiftOptions extends Ground {
  readonly inputs: readonly string[];
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer>;
  /** A source's name, for all inputs. */
  readonly format?: string;
  readonly policy: Pick<Policy, "deny" | "allowPaths">;
  readonly limits?: EligibilityLimits;
  /** Files with suggestions that are tried. */
  readonly maxFiles: number;
  readonly listen: (event: SiftEvent) => void;
  readonly signal?: AbortSignal;
}

/** A finding that may be tried. Its `fixes` are edits of the base; it has none where the source has words only. */
export interface Sifted extends Pick<United, "origins" | "suggestion"> {
  readonly finding: Finding;
  /** Of its offers, why each that has no place in the base has none. */
  readonly misplaced: readonly Reason[];
}

export interface SiftReport {
  /** The most trusted file first. */
  readonly findings: readonly Sifted[];
  readonly counts: {
    /** Suggestions that could be read, of whatever fate; a review of a file is one. */
    readonly read: number;
    /** Reviews that a later one of the same file stands for. */
    readonly superseded: number;
    readonly ineligible: number;
    readonly notTried: number;
    /** Parts of the inputs that cannot be read. */
    readonly bad: number;
  };
  /** What the inputs alone come to: 66 where none could be had, 65 where nothing in them could be read, else 0 or 1. */
  readonly exitCode: 0 | 1 | 65 | 66;
}

/** How many suggestions are held against the repository at once. */
const BATCH_LENGTH = 5_000;

export async function sift(options: SiftOptions): Promise<SiftReport> {
  const { listen, maxFiles } = options;
  const counts = { read: 0, superseded: 0, ineligible: 0, notTried: 0, bad: 0 };
  const faults = new Set<number>();
  const eligible: Suggestion[] = [];
  let clean = 0;
  const roots = [options.checkout];
  const items = readInputs({ ...options, sources, roots, onSuperseded: () => counts.superseded++ });
  for await (const batch of batches(items)) {
    options.signal?.throwIfAborted();
    for (const skipped of batch.skipped) {
      listen({ type: "skipped", skipped });
      if (skipped.exitCode === null) continue;
      counts.bad++;
      faults.add(skipped.exitCode);
    }
    counts.read += batch.suggestions.length;
    const said = batch.suggestions.filter(({ advice }) => advice.length > 0);
    // A review that found nothing still stands for the earlier ones of its file.
    for (const { origin, file, advice } of batch.suggestions) {
      if (advice.length === 0) listen({ type: "skipped", skipped: { origin, reason: reason("apply", "row-clean", { file }), exitCode: null } });
    }
    clean += batch.suggestions.length - said.length;
    eligible.push(...(await eligibleOf(said, options)));
  }
  counts.ineligible = counts.read - clean - eligible.length;
  const { chosen, notTried } = chooseFiles(eligible, maxFiles);
  counts.notTried = notTried.length;
  for (const suggestion of notTried) listen({ type: "not-tried", suggestion, reason: reason("apply", "not-tried", { max: maxFiles }) });
  const findings = await placed(unite(chosen), options);
  return { findings, counts, exitCode: exitCodeOf(counts.read + counts.superseded, faults, counts.ineligible + counts.notTried) };
}

function exitCodeOf(read: number, faults: ReadonlySet<number>, left: number): SiftReport["exitCode"] {
  if (read === 0 && faults.size > 0) return faults.has(65) ? 65 : 66;
  return faults.size > 0 || left > 0 ? 1 : 0;
}

interface Batch {
  readonly suggestions: Suggestion[];
  readonly skipped: Skipped[];
}

async function* batches(items: AsyncIterable<SourceItem>): AsyncIterable<Batch> {
  let batch: Batch = { suggestions: [], skipped: [] };
  for await (const item of items) {
    if (item.kind === "suggestion") batch.suggestions.push(item.suggestion);
    else batch.skipped.push(item.skipped);
    if (batch.suggestions.length + batch.skipped.length < BATCH_LENGTH) continue;
    yield batch;
    batch = { suggestions: [], skipped: [] };
  }
  yield batch;
}

async function eligibleOf(suggestions: readonly Suggestion[], options: SiftOptions): Promise<Suggestion[]> {
  const { policy, limits = ELIGIBILITY, listen } = options;
  const standings = await standingsOf(suggestions, options);
  return suggestions.filter((suggestion, index) => {
    const why = ineligibility(suggestion, standings[index] ?? { kind: "missing" }, limits, (file) => deniedPath(file, policy)[0]);
    if (why) listen({ type: "ineligible", suggestion, reason: why });
    return why === undefined;
  });
}

/** Places found in the base; a finding keeps its words where an offer has no place. */
async function placed(united: readonly United[], { git, base }: Ground): Promise<Sifted[]> {
  const named = united.flatMap(({ advice, suggestion }) => [suggestion.file, ...advice.offers.flatMap(({ changes }) => changes.map(({ file }) => file))]);
  const files = await readBase(git, base, [...new Set(named)]);
  const texts = new Map([...files].flatMap(([path, file]): [string, Lines][] => (file.kind === "text" ? [[path, new Lines(file.text)]] : [])));
  return united.map(({ advice, origins, suggestion }) => ({ ...placedAdvice(advice, texts), origins, suggestion }));
}

function placedAdvice({ finding, unit, offers }: Advice, texts: KnownTexts): Pick<Sifted, "finding" | "misplaced"> {
  const tried = offers.map(({ changes, ...offer }) => ({ offer, ...placeChanges(changes, texts) }));
  const fixes = tried.flatMap((one): Fix[] => (one.ok ? [{ ...one.offer, edits: one.edits }] : []));
  const misplaced = tried.flatMap((one) => (one.ok ? [] : [one.reason]));
  const at = finding.at && placeInText(finding.at, unit, texts);
  return { finding: { ...finding, ...(at && { at }), ...(fixes.length > 0 && { fixes }) }, misplaced };
}
