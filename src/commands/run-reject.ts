/** What `stet reject` does: writes down that a person does not want what a run held. Nothing is tried, and no ref moves. */
import type { Held } from "../domain/held.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { chooseHeld } from "./choose-held.ts";
import { openState } from "./state.ts";

export interface RejectReport {
  readonly of: string;
  readonly rejected: readonly Held[];
  /** What was asked for and had been rejected before. */
  readonly already: readonly Held[];
}

/** Throws `Problem`: 66 for what is not held, 77 for what has landed. */
export async function runReject(id: string, numbers: readonly number[], cwd: string): Promise<RejectReport> {
  await using state = await openState(cwd, { lock: true });
  const { run, held } = await chooseHeld(state, id, numbers);
  const of = run.start.run;
  const waiting = held.filter(({ fate }) => fate === "waiting");
  const landed = numbers.length > 0 ? held.find(({ fate }) => fate === "landed") : undefined;
  if (landed) throw new Problem("landed-already", { run: of, number: landed.number, commit: landed.commit ?? "" }, EXIT.refused);
  if (waiting.length === 0 && numbers.length === 0) throw new Problem("nothing-waits", { run: of }, EXIT.noInput);
  if (waiting.length > 0) state.ledger.append(of, { kind: "decided", decision: "rejected", of, proposals: waiting.map(({ proposal }) => proposal.id) });
  return { of, rejected: waiting, already: held.filter(({ fate }) => fate === "rejected") };
}
