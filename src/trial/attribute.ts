/**
 * Says which proposals a risen finding is to be blamed on: the one that edits its file nearest to it, otherwise those
 * that edit a file which the finding's file imports. What follows from one file alone is blamed on whoever edits that file
 * alone, however far from it; of several the place says little (an import that is no longer used), and they are suspects. Blame is a guess that saves measurements; it is never a verdict
 * by itself unless it is `certain`.
 */
import type { Finding } from "../domain/finding.ts";
import type { Proposal } from "../domain/proposal.ts";

/** Lines (from 1) of the base that a proposal changes in one file. */
export interface Span {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export interface Blame {
  /** Proposals to leave out in the next measurement, with the findings that are blamed on each. */
  readonly culprits: ReadonlyMap<Proposal, readonly Finding[]>;
  /** Culprits that alone edit the finding's file, within `NEAR_LINES` of it or anywhere where it follows from the file. */
  readonly certain: ReadonlySet<Proposal>;
  /** For each file with findings that nobody edits the proposals that they may come from. */
  readonly suspects: ReadonlyMap<string, readonly Proposal[]>;
  /** For each file with findings that follow from it alone those that edit it, where they are several. */
  readonly editors: ReadonlyMap<string, readonly Proposal[]>;
}

/** What is known of a red besides its findings. */
export interface Sight {
  /** The files whose change others can see; all of them where absent. */
  readonly far?: ReadonlySet<string>;
  /** None where absent. */
  readonly isOfItsFile?: ((finding: Finding) => boolean) | undefined;
}

export interface Terrain {
  spans(proposal: Proposal): readonly Span[];
  /** Every file that `file` imports, directly or through others. */
  reaches(file: string): ReadonlySet<string>;
}

const NEAR_LINES = 5;

export function attribute(risen: readonly Finding[], candidates: readonly Proposal[], terrain: Terrain, { far, isOfItsFile }: Sight = {}): Blame {
  const culprits = new Map<Proposal, Finding[]>();
  const certain = new Set<Proposal>();
  const suspects = new Map<string, readonly Proposal[]>();
  const blame = (proposal: Proposal, finding: Finding): void => void culprits.set(proposal, [...(culprits.get(proposal) ?? []), finding]);
  const editors = new Map<string, readonly Proposal[]>();
  const editing = editorsOf(candidates, terrain);
  for (const [file, findings] of byFile(risen)) {
    const own = editing.get(file);
    if (!own) suspects.set(file, upstream(file, candidates, terrain, far));
    for (const finding of own ? findings : []) {
      const near = nearest(finding, own ?? [], isOfItsFile?.(finding));
      if (near) blame(near.proposal, finding);
      else editors.set(file, (own ?? []).map(({ proposal }) => proposal));
      if (near?.isCertain) certain.add(near.proposal);
    }
  }
  return { culprits, certain, suspects, editors };
}

/** The same, with those blamed that are their file's only suspects. */
export function withOnlySuspects({ culprits, certain, suspects, editors }: Blame, risen: readonly Finding[]): Blame {
  const blamed = new Map(culprits);
  const open = new Map(suspects);
  for (const [file, findings] of byFile(risen)) {
    const [only, ...more] = open.get(file) ?? [];
    if (!only || more.length > 0) continue;
    blamed.set(only, [...(blamed.get(only) ?? []), ...findings]);
    open.delete(file);
  }
  return { culprits: blamed, certain, suspects: open, editors };
}

/** Less those that have no place. */
function byFile(risen: readonly Finding[]): Map<string, Finding[]> {
  return Map.groupBy(risen.filter(({ at }) => at), ({ at }) => at?.file ?? "");
}

/** Those that edit what the file imports; any that others can see where nobody does. */
function upstream(file: string, candidates: readonly Proposal[], terrain: Terrain, far?: ReadonlySet<string>): readonly Proposal[] {
  const seen = candidates.filter((proposal) => terrain.spans(proposal).some((span) => far?.has(span.file) ?? true));
  const reached = terrain.reaches(file);
  const behind = seen.filter((proposal) => terrain.spans(proposal).some((span) => reached.has(span.file)));
  return behind.length > 0 ? behind : seen;
}

interface Editor {
  readonly proposal: Proposal;
  readonly spans: readonly Span[];
}

/** Who edits each file. */
function editorsOf(candidates: readonly Proposal[], terrain: Terrain): Map<string, Editor[]> {
  const editors = new Map<string, Editor[]>();
  for (const proposal of candidates) {
    for (const [file, spans] of Map.groupBy(terrain.spans(proposal), (span) => span.file)) {
      const known = editors.get(file);
      if (known) known.push({ proposal, spans });
      else editors.set(file, [{ proposal, spans }]);
    }
  }
  return editors;
}

/** `own`: who edits the finding's file. Undefined where the place does not tell: the finding follows from all of the file. */
function nearest({ at }: Finding, own: readonly Editor[], isOfFile = false): { proposal: Proposal; isCertain: boolean } | undefined {
  if (isOfFile && own.length > 1) return undefined;
  const distances = own.map(({ proposal, spans }) => ({ proposal, distance: Math.min(...spans.map((span) => distance(span, at?.line ?? 0))) }));
  const best = distances.sort((one, other) => one.distance - other.distance)[0];
  return best && { proposal: best.proposal, isCertain: own.length === 1 && (isOfFile || best.distance <= NEAR_LINES) };
}

function distance({ from, to }: Span, line: number): number {
  return line < from ? from - line : Math.max(0, line - to);
}
