/** What a run holds for a person, under the numbers that it was shown with, and what has become of each since. */
import type { Held } from "../domain/held.ts";
import type { RunState } from "./fold.ts";

/** `all`: every run of the repository, without what they decided on findings. The same change has the same id in any run. */
export function heldIn({ held }: Pick<RunState, "held">, all: Iterable<RunState>): Held[] {
  const runs = [...all];
  const commits = runs.filter(({ undone }) => !undone).flatMap((run) => run.commits);
  const landed = new Map(commits.map(({ proposal, commit }) => [proposal, commit]));
  const decided = runs.flatMap((run) => run.decided);
  const rejected = new Set(decided.filter(({ decision }) => decision === "rejected").flatMap(({ proposals }) => proposals));
  return held.map(({ proposal, evidence }, index): Held => {
    const commit = landed.get(proposal.id);
    const one = { number: index + 1, proposal, evidence };
    if (commit !== undefined) return { ...one, fate: "landed", commit };
    return { ...one, fate: rejected.has(proposal.id) ? "rejected" : "waiting" };
  });
}
