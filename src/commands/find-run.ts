/** Looks up a run by what a person types of its id. */
import { EXIT, Problem } from "../domain/problem.ts";
import { foldRun, foldRuns, none, type RunState } from "../ledger/fold.ts";
import type { State } from "./state.ts";

/** The run with this id or unique beginning; the last one where none is named. Throws `Problem` (66). */
export async function findRun({ ledger }: State, id: string | undefined): Promise<RunState> {
  const runs = [...(await foldRuns(ledger.read(none))).values()];
  const fitting = id === undefined ? runs.slice(-1) : runs.filter(({ start }) => start.run.startsWith(id));
  const exact = fitting.find(({ start }) => start.run === id);
  const [only, second] = exact ? [exact] : fitting;
  if (!only) throw new Problem(id === undefined ? "no-runs" : "unknown-run", { run: id ?? "" }, EXIT.noInput);
  if (second) throw new Problem("ambiguous-run", { run: id ?? "", runs: fitting.map(({ start }) => start.run) }, EXIT.usage);
  return (await foldRun(ledger, only.start.run)) ?? only;
}
