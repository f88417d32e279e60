/**
 * Says which proposals a risen finding is to be blamed on: the one that edits its file nearest to it, otherwise those
 * that edit a file which the finding's file imports. Blame is a guess that saves measurements; it is never a verdict
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
  /** Proposals to leave out in the next measurement. */
  readonly culprits: ReadonlySet<Proposal>;
  /** Culprits that alone edit the finding's file, within `NEAR_LINES` of it. */
  readonly certain: ReadonlySet<Proposal>;
  /** Proposals that an otherwise unexplained finding may come from. */
  readonly suspects: ReadonlySet<Proposal>;
}

export interface Terrain {
  spans(proposal: Proposal): readonly Span[];
  /** Every file that `file` imports, directly or through others. */
  reaches(file: string): ReadonlySet<string>;
}

const NEAR_LINES = 5;

/** `far`: the files whose change others can see; all of them where absent. */
export function attribute(
  risen: readonly Finding[],
  candidates: readonly Proposal[],
  terrain: Terrain,
  far?: ReadonlySet<string>,
): Blame {
  const culprits = new Set<Proposal>();
  const certain = new Set<Proposal>();
  const suspects = new Set<Proposal>();
  for (const finding of risen) {
    const near = nearest(finding, candidates, terrain);
    if (near) {
      culprits.add(near.proposal);
      if (near.certain) certain.add(near.proposal);
      continue;
    }
    const behind = upstream(finding, candidates, terrain, far);
    for (const one of behind) (behind.length === 1 ? culprits : suspects).add(one);
  }
  return { culprits, certain, suspects };
}

function nearest(
  finding: Finding,
  candidates: readonly Proposal[],
  terrain: Terrain,
): { proposal: Proposal; certain: boolean } | undefined {
  const place = finding.at;
  if (!place) return undefined;
  const editors = candidates.flatMap((proposal) => {
    const spans = terrain.spans(proposal).filter(({ file }) => file === place.file);
    return spans.length === 0 ? [] : [{ proposal, distance: Math.min(...spans.map((span) => distance(span, place.line))) }];
  });
  const best = editors.sort((one, other) => one.distance - other.distance)[0];
  return best && { proposal: best.proposal, certain: editors.length === 1 && best.distance <= NEAR_LINES };
}

function distance({ from, to }: Span, line: number): number {
  return line < from ? from - line : Math.max(0, line - to);
}

function upstream(
  { at }: Finding,
  candidates: readonly Proposal[],
  terrain: Terrain,
  far: ReadonlySet<string> | undefined,
): Proposal[] {
  if (!at) return [];
  const reached = terrain.reaches(at.file);
  return candidates.filter((proposal) => terrain.spans(proposal).some(({ file }) => reached.has(file) && (far?.has(file) ?? true)));
}
