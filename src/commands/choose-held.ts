/** Looks up what a person names of what a run held: by the run, and the numbers that it was shown with. */
import type { Held } from "../domain/held.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { foldRuns, none, type RunState } from "../ledger/fold.ts";
import { heldIn } from "../ledger/held.ts";
import { findRun } from "./find-run.ts";
import type { State } from "./state.ts";

export interface ChosenHeld {
  readonly run: RunState;
  /** All runs of the repository; with all that they decided those of the same work. */
  readonly runs: ReadonlyMap<string, RunState>;
  readonly held: readonly Held[];
}

/** All that waits where no number is named. Throws `Problem` (66) for a run or a number that is not there. */
export async function chooseHeld(state: State, id: string, numbers: readonly number[]): Promise<ChosenHeld> {
  const run = await findRun(state, id);
  if (run.held.length === 0) throw new Problem("nothing-held", { run: run.start.run }, EXIT.noInput);
  if (run.start.dryRun) throw new Problem("held-by-dry-run", { run: run.start.run }, EXIT.noInput);
  const light = await foldRuns(state.ledger.read(none));
  const { work } = run.start;
  const runs = await foldRuns(state.ledger.read((one) => light.get(one)?.start.work === work));
  const all = heldIn(run, runs.values());
  const wrong = numbers.find((number) => !all.some((one) => one.number === number));
  if (wrong !== undefined) throw new Problem("not-held", { run: run.start.run, number: wrong, held: all.length }, EXIT.noInput);
  const held = numbers.length > 0 ? all.filter(({ number }) => numbers.includes(number)) : all.filter(({ fate }) => fate !== "rejected");
  return { run, runs, held };
}
