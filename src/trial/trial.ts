/**
 * A trial: proposals put on a tree, measured beside the baseline of that same tree. This file joins the worktree, the
 * checks and the search; it judges nothing itself (`domain/weigh.ts` does) and lands nothing. Whoever asks while it is at
 * work waits for its turn: the worktrees of checks hold one tree at a time, and tests want no company.
 */
import type { Listener } from "../domain/event.ts";
import { percentOf, totalOf } from "../domain/coverage.ts";
import { conflict } from "../domain/edit.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Evidence, Verdict } from "../domain/verdict.ts";
import type { Weight } from "../domain/weigh.ts";
import type { Workspace } from "../domain/workspace.ts";
import type { Git } from "../system/git.ts";
import { readBase } from "../system/tree.ts";
import type { Span } from "./attribute.ts";
import { compose, MisfitFault } from "../system/compose.ts";
import { loadImports, type ImportGraph } from "./imports.ts";
import type { Base, Looked, Measure } from "./measure.ts";
import { idleAmong, search, type Judgement, type SearchResult } from "./search.ts";
import { Turns } from "./turns.ts";

export interface TrialResult extends SearchResult {
  /** The tree of exactly what was accepted; the base where that is nothing. */
  readonly tree: string;
  /** Every check's own reading of that tree. */
  readonly readings: readonly Reading[];
  readonly disagreements: readonly Disagreement[];
}

export interface RunOptions {
  readonly accepts: "better" | "same";
  /** What else there is for the findings of what was struck; the same offer is never made twice. */
  alternatives?(found: Pick<SearchResult, "accepted" | "struck">): Promise<readonly Proposal[]>;
}

/** A check that did not see what its oracle had seen. */
export interface Disagreement {
  readonly check: string;
  readonly tree: string;
  readonly reasons: readonly Reason[];
}

type Rehearsed = Pick<Weight, "kind" | "reasons" | "risen" | "fallen">;

/** How often a search may begin again, besides once for each proposal that turns out idle. */
const MAX_AGAIN = 20;

/** A set of so few is put to the checks themselves at once. */
const FEW = 2;

export class Trial {
  readonly #git: Git;
  readonly #listen: Listener;
  readonly #turns = new Turns();
  readonly measure: Measure;
  #graph: { tree: string; graph: ImportGraph } | undefined;

  constructor(git: Git, measure: Measure, listen: Listener) {
    this.#git = git;
    this.measure = measure;
    this.#listen = listen;
  }

  /** The workspace set to a tree; until the next turn it stays so. */
  workspace(tree: string): Promise<Workspace> {
    return this.#turns.take(() => this.measure.workspace(tree));
  }

  /**
   * Finds the largest green part of `proposals` on the base. The search looks through oracles
   * where there are any; what it comes to is then read by every check itself. A check that does not see what its oracle
   * saw is asked itself from then on, and the search begins again.
   */
  run(base: Base, proposals: readonly Proposal[], options: RunOptions): Promise<TrialResult> {
    return this.#turns.take(() => this.#run(base, proposals, options));
  }

  async #run(base: Base, proposals: readonly Proposal[], options: RunOptions): Promise<TrialResult> {
    const disagreements: Disagreement[] = [];
    const struck = new Map<string, Verdict>();
    let pool = proposals;
    // Each time round a check's own reading replaces an oracle's word for good; the bound is for what nobody thought of.
    for (let left = proposals.length + MAX_AGAIN; left > 0; left--) {
      const found = await this.#explore(base, pool, options, struck);
      for (const { id } of found.accepted) struck.delete(id);
      const result = { ...found, struck: [...struck.values()], disagreements };
      const tree = await compose(this.#git, base.tree, found.accepted);
      if (found.accepted.length === 0) return { ...result, tree, readings: base.readings };
      await this.measure.close();
      const readings = await this.measure.compare(base, tree);
      const weight = await this.measure.weigh(base, tree, readings);
      const isGreen = weight.kind === "better" || weight.kind === "same";
      // An idle one is found by the search itself, now that the check's own reading of this set is known.
      if (isGreen && options.accepts === "better" && idleAmong(found.accepted, weight.fallen).length > 0) continue;
      if (isGreen) return { ...result, final: { weight, evidence: evidence(base.readings, readings, weight) }, tree, readings };
      const checks = await this.measure.distrust(base, tree, readings);
      disagreements.push(...checks.map((check) => ({ check, tree, reasons: weight.reasons })));
      for (const check of checks) this.#listen({ type: "notice", reason: reason("trial", "oracle-disagreed", { check }) });
      // Without any, the oracle broke after it had seen this set: the check's reading of it is known now.
      pool = compatible([...found.accepted, ...[...struck.values()].map(({ proposal }) => proposal)]);
    }
    throw new Error("a search does not come to its end");
  }

  /** A look at one proposal, for whoever still works on it. Decides nothing. `begins` hears that its turn has come, and may throw. */
  rehearse(base: Base, draft: Proposal, begins?: () => void): Promise<Rehearsed> {
    return this.#turns.take(() => {
      begins?.();
      return this.#rehearse(base, draft);
    });
  }

  async #rehearse(base: Base, draft: Proposal): Promise<Rehearsed> {
    const tree = await compose(this.#git, base.tree, [draft]).catch(asMisfit);
    if (tree instanceof MisfitFault) return misfit(tree).weight;
    return this.measure.weigh(base, tree, (await this.measure.look(base, tree)).readings);
  }

  /** Searches, and goes on with what else is offered for what was struck, beside what is green. */
  async #explore(
    base: Base,
    proposals: readonly Proposal[],
    options: RunOptions,
    struck: Map<string, Verdict>,
  ): Promise<SearchResult> {
    let given: readonly Proposal[] = [];
    let measurements = 0;
    for (let offered = proposals; ; ) {
      const found = await this.#search(base, offered, given, options.accepts);
      measurements += found.measurements;
      for (const verdict of found.struck) struck.set(verdict.proposal.id, verdict);
      given = found.accepted;
      offered = found.struck.length > 0 ? ((await options.alternatives?.(found)) ?? []) : [];
      if (offered.length === 0) return { ...found, measurements };
    }
  }

  async #search(
    base: Base,
    proposals: readonly Proposal[],
    given: readonly Proposal[],
    accepts: RunOptions["accepts"],
  ): Promise<SearchResult> {
    const spans = await spansOf(this.#git, base.tree, [...given, ...proposals]);
    let reaches: ImportGraph = () => NOTHING;
    let count = 0;
    const judge = async (set: readonly Proposal[]): Promise<Judgement> => {
      this.#listen({ type: "trying", proposals: set.length, measurement: ++count });
      const tree = await compose(this.#git, base.tree, set).catch(asMisfit);
      if (tree instanceof MisfitFault) return misfit(tree);
      // Few are likely green, and then the checks are read anyway: a look would only come on top.
      const isLikelyGreen = count === 1 && proposals.length <= FEW && given.length === 0;
      const looked: Looked = isLikelyGreen
        ? { readings: await this.measure.compare(base, tree) }
        : await this.measure.look(base, tree);
      const judgement = await this.#judged(base, tree, looked);
      const edited = new Set(filesOf(set.flatMap(({ edits }) => edits)));
      if (judgement.weight.risen.some(({ at }) => at && !edited.has(at.file))) reaches = await this.#imports(base.tree);
      return { ...judgement, ...this.#probe(base, looked) };
    };
    const terrain = { spans: (one: Proposal) => spans.get(one) ?? [], reaches: (file: string) => reaches(file) };
    return search({ proposals, judge, terrain, accepts, given });
  }

  async #judged(base: Base, tree: string, { readings, far, isOfItsFile, confirm }: Looked): Promise<Judgement> {
    const weight = await this.measure.weigh(base, tree, readings);
    const again = confirm && { confirm: async () => this.#judged(base, tree, await confirm()) };
    return { weight, evidence: evidence(base.readings, readings, weight), ...(far && { far }), ...(isOfItsFile && { isOfItsFile }), ...again };
  }

  #probe(base: Base, { probe }: Looked): Pick<Judgement, "probe"> {
    if (!probe) return {};
    return {
      probe: async (set, files) => {
        const tree = await compose(this.#git, base.tree, set).catch(asMisfit);
        return tree instanceof MisfitFault ? undefined : probe(tree, files);
      },
    };
  }

  /** Read only where a finding stands in a file that nothing edits. */
  async #imports(tree: string): Promise<ImportGraph> {
    if (this.#graph?.tree !== tree) this.#graph = { tree, graph: await loadImports(this.#git, tree) };
    return this.#graph.graph;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** Those that can be put on a tree together, earlier ones first; of two that settle the same finding the first. */
function compatible(proposals: readonly Proposal[]): Proposal[] {
  const taken: Proposal[] = [];
  for (const one of proposals) {
    const clashes = taken.some((other) => other.id === one.id || settleAlike(other, one) || conflict(other.edits, one.edits));
    if (!clashes) taken.push(one);
  }
  return taken;
}

function settleAlike(one: Proposal, other: Proposal): boolean {
  return one.findings.some((finding) => other.findings.some(({ key, at }) => key === finding.key && at?.line === finding.at?.line));
}

function asMisfit(error: unknown): MisfitFault {
  if (error instanceof MisfitFault) return error;
  throw error;
}

/** A set that is no tree is red before anything is run; a smaller or larger one may be well. */
function misfit({ file, code }: MisfitFault): Judgement {
  const reasons = [reason("trial", "misfit", { file, code })];
  return { weight: { kind: "worse", risen: [], fallen: [], uncovered: [], reasons }, evidence: [] };
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
export function evidence(before: readonly Reading[], after: readonly Reading[], weight?: Weight): Evidence[] {
  return after.filter(isRead).map((reading) => {
    const base = before.find(({ check }) => check === reading.check);
    const tests = reading.inventory && Object.values(reading.inventory);
    const uncovered = weight?.uncovered.filter(({ by }) => by === reading.check).length ?? 0;
    return {
      check: reading.check,
      before: isRead(base) ? base.findings.length : 0,
      after: reading.findings.length,
      ...(tests ? { passed: tests.filter((status) => status === "passed").length } : {}),
      ...coverageOf(isRead(base) ? base : undefined, reading),
      ...(uncovered > 0 && { uncovered }),
    };
  });
}

function coverageOf(base: Read | undefined, { coverage }: Read): Pick<Evidence, "coverage"> {
  if (!coverage) return {};
  const before = base?.coverage && percentOf(totalOf(base.coverage));
  return { coverage: { after: percentOf(totalOf(coverage)), ...(before !== undefined && { before }) } };
}
