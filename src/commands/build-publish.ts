/**
 * Takes a spec's parts to the remote: each branch, and for each one pull request that stands on the part below it, linked both
 * ways. Parts that an earlier run could not publish are published now; what is there already is brought up to date.
 */
import type { Publication } from "../engine/run.ts";
import { foldRuns, type RunState } from "../ledger/fold.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { SpecPart } from "../ledger/spec-state.ts";
import { partBody, partTitle } from "../report/build-body.ts";
import type { BuildPlan } from "./build-plan.ts";
import { rowOf } from "./build-place.ts";
import type { Placed } from "./place-spec.ts";
import { publishBranch } from "./publish.ts";
import type { Session } from "./session.ts";

export interface Publishing {
  readonly placed: Placed;
  readonly plan: BuildPlan;
  readonly remote: string;
  /** The last part is not through: it has just begun, or the run had to end. */
  readonly isDraft: boolean;
}

/** What came of the last part; or of the first that could not be published. Undefined where nothing has landed. */
export async function publishParts(session: Session, { placed: { record }, plan, remote, isDraft }: Publishing): Promise<Publication | undefined> {
  if (session.run.options.dryRun) return undefined;
  let row = rowOf((await record.now()).parts);
  let last: Publication | undefined;
  const wish = (index: number): ReturnType<typeof wishOf> => wishOf(session.ledger, { row, index, record, plan, isDraft: isDraft && index === row.length - 1 });
  const isLinked = (index: number): boolean => row[index]?.url !== undefined;
  for (const [index, part] of row.entries()) {
    const wasOpen = isLinked(index);
    last = await publishBranch(session, remote, await wish(index));
    if (last.reason && !isSettled(last)) return last;
    row = row.with(index, { ...part, ...(last.url !== undefined && { url: last.url }) });
    // The part below was written before this one had an address.
    if (!wasOpen && isLinked(index) && index > 0) await publishBranch(session, remote, await wish(index - 1));
  }
  return last && isSettled(last) ? without(last) : last;
}

/** Merged is what a pull request is for; nothing is left to do. */
function isSettled({ reason }: Publication): boolean {
  return reason?.code === "pull-request-merged";
}

function without({ reason: _merged, ...rest }: Publication): Publication {
  return rest;
}

interface Wishing extends Pick<Publishing, "plan" | "isDraft"> {
  readonly row: readonly SpecPart[];
  readonly index: number;
  readonly record: Placed["record"];
}

async function wishOf(ledger: Ledger, { row, index, record, plan, isDraft }: Wishing): Promise<Parameters<typeof publishBranch>[2]> {
  const [part, below, above] = [row[index], row[index - 1], row[index + 1]];
  if (!part) throw new Error("no such part");
  const state = await stateOf(ledger, part.ref);
  const number = index + 1;
  return {
    ref: part.ref,
    commit: part.tip,
    title: partTitle({ name: record.name, title: plan.spec.title, number }),
    body: partBody({ state, spec: plan.spec, chunks: plan.chunks, number, ...(below && { below }), ...(above && { above }) }),
    draft: isDraft || !isMeasured(state, part.tip),
    ...(below && { base: below.ref.replace(/^refs\/heads\//, "") }),
  };
}

/** Whether every check has read the very tree that the branch stands at, and nothing spoke against it (capability B5). */
function isMeasured({ commits, verdicts }: RunState, tip: string): boolean {
  const proposal = commits.findLast(({ commit }) => commit === tip)?.proposal;
  const verdict = verdicts.findLast((one) => one.proposal.id === proposal);
  return verdict !== undefined && GREEN.has(verdict.verdict) && verdict.evidence.length > 0;
}

const GREEN: ReadonlySet<string> = new Set(["better", "same"]);

/** Several runs may have built one part. */
async function stateOf(ledger: Ledger, ref: string): Promise<RunState> {
  const runs = [...(await foldRuns(ledger.read())).values()].filter(({ start, undone }) => start.branch === ref && !undone);
  const last = runs.at(-1);
  if (!last) throw new Error(`no run of ${ref}`);
  return {
    ...last,
    commits: runs.flatMap(({ commits }) => commits),
    verdicts: runs.flatMap(({ verdicts }) => verdicts),
    declined: runs.flatMap(({ declined }) => declined),
    asked: runs.flatMap(({ asked }) => asked),
  };
}
