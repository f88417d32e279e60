/** What earlier runs of the same work landed, between the base that was asked for and where this run goes on. */
import type { Proposal } from "../domain/proposal.ts";
import { foldRuns, type RunState } from "../ledger/fold.ts";
import type { Session } from "./session.ts";

export async function landedBefore({ run, ledger }: Pick<Session, "run" | "ledger">): Promise<Proposal[]> {
  const { continues } = run.options;
  if (continues === undefined) return [];
  const runs = await foldRuns(ledger.read());
  const chain = [];
  for (let id: string | undefined = continues; id !== undefined && chain.length < runs.size; id = runs.get(id)?.start.continues) chain.unshift(id);
  return chain.flatMap((id) => landedBy(runs.get(id)));
}

/** In the order in which a run landed them. */
export function landedBy({ verdicts, commits }: Pick<RunState, "verdicts" | "commits"> = { verdicts: [], commits: [] }): Proposal[] {
  const landed = new Set(commits.map(({ proposal }) => proposal));
  return verdicts.map(({ proposal }) => proposal).filter((one) => landed.has(one.id));
}
