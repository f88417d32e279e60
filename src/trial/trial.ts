/**
 * A trial: proposals put on a tree, measured beside the baseline of that same tree. This file joins the worktree, the
 * checks and the search; it judges nothing itself (`domain/weigh.ts` does) and lands nothing.
 */
import type { Listener } from "../domain/event.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { reason } from "../domain/reason.ts";
import type { Evidence } from "../domain/verdict.ts";
import { weigh } from "../domain/weigh.ts";
import type { Git } from "../system/git.ts";
import { readBase } from "../system/tree.ts";
import type { Span, Terrain } from "./attribute.ts";
import { compose, MisfitFault } from "../system/compose.ts";
import { loadImports, type ImportGraph } from "./imports.ts";
import type { Measure } from "./measure.ts";
import { search, type Judgement, type SearchResult } from "./search.ts";

export interface TrialResult extends SearchResult {
  /** The tree of exactly what was accepted; the base where that is nothing. */
  readonly tree: string;
  /** Every check's reading of that tree. */
  readonly readings: readonly Reading[];
}

export class Trial {
  readonly #git: Git;
  readonly #listen: Listener;
  readonly measure: Measure;
  #graph: { tree: string; graph: ImportGraph } | undefined;

  constructor(git: Git, measure: Measure, listen: Listener) {
    this.#git = git;
    this.measure = measure;
    this.#listen = listen;
  }

  /** Finds the largest green part of `proposals` on `base`, whose readings are `before`. */
  async run(
    base: string,
    before: readonly Reading[],
    proposals: readonly Proposal[],
    options: { accepts: "better" | "same"; given?: readonly Proposal[] },
  ): Promise<TrialResult> {
    const terrain = await this.#terrain(base, [...(options.given ?? []), ...proposals]);
    let count = 0;
    const judge = async (set: readonly Proposal[]): Promise<Judgement> => {
      this.#listen({ type: "trying", proposals: set.length, measurement: ++count });
      const tree = await compose(this.#git, base, set).catch(asMisfit);
      if (tree instanceof MisfitFault) return misfit(tree);
      const after = await this.measure.compare(tree, before);
      return { weight: weigh(before, after), evidence: evidence(before, after) };
    };
    const result = await search({ proposals, judge, terrain, ...options });
    const tree = await compose(this.#git, base, result.accepted);
    const readings = result.accepted.length === 0 ? before : await this.measure.compare(tree, before);
    return { ...result, tree, readings };
  }

  async #imports(tree: string): Promise<ImportGraph> {
    if (this.#graph?.tree !== tree) this.#graph = { tree, graph: await loadImports(this.#git, tree) };
    return this.#graph.graph;
  }

  async #terrain(base: string, proposals: readonly Proposal[]): Promise<Terrain> {
    const spans = await spansOf(this.#git, base, proposals);
    return { spans: (proposal) => spans.get(proposal) ?? [], reaches: await this.#imports(base) };
  }
}

function asMisfit(error: unknown): MisfitFault {
  if (error instanceof MisfitFault) return error;
  throw error;
}

/** A set that is no tree is red before anything is run; a smaller or larger one may be well. */
function misfit({ file, code }: MisfitFault): Judgement {
  const reasons = [reason("trial", "misfit", { file, code })];
  return { weight: { kind: "worse", risen: [], fallen: [], reasons }, evidence: [] };
}

async function spansOf(git: Git, base: string, proposals: readonly Proposal[]): Promise<Map<Proposal, Span[]>> {
  const files = await readBase(git, base, filesOf(proposals.flatMap(({ edits }) => edits)));
  const lineStarts = new Map([...files].map(([path, file]) => [path, file.kind === "text" ? newlines(file.text) : []]));
  const spans = proposals.map((proposal): [Proposal, Span[]] => [
    proposal,
    proposal.edits.map(({ file, start, before }) => {
      const starts = lineStarts.get(file) ?? [];
      return { file, from: lineAt(starts, start), to: lineAt(starts, start + (before?.length ?? 0)) };
    }),
  ]);
  return new Map(spans);
}

function newlines(text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) places.push(at);
  return places;
}

/** The line (from 1) on which an offset stands, by bisection. */
function lineAt(newlinePlaces: readonly number[], offset: number): number {
  let [low, high] = [0, newlinePlaces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((newlinePlaces[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** What each check counted before and after. */
export function evidence(before: readonly Reading[], after: readonly Reading[]): Evidence[] {
  return after.filter(isRead).map((reading) => {
    const base = before.find(({ check }) => check === reading.check);
    const tests = reading.inventory && Object.values(reading.inventory);
    return {
      check: reading.check,
      before: isRead(base) ? base.findings.length : 0,
      after: reading.findings.length,
      ...(tests ? { passed: tests.filter((status) => status === "passed").length } : {}),
    };
  });
}
