/** What people have said no to, so that it is not tried again. */
import type { HeldEntry } from "../domain/entry.ts";
import type { Finding } from "../domain/finding.ts";
import type { Edit } from "../domain/proposal.ts";
import { foldRuns, none } from "../ledger/fold.ts";
import { heldIn } from "../ledger/held.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** The run whose change for this finding was rejected; undefined where its own changes are others, or nobody said no. */
export type Rejected = (finding: Finding) => string | undefined;

export async function rejectedChanges(ledger: Ledger): Promise<Rejected> {
  const light = await foldRuns(ledger.read(none));
  const asked = new Set([...light.values()].filter(({ decided }) => decided.some(({ decision }) => decision === "rejected")).map(({ start }) => start.run));
  const runs = asked.size === 0 ? light : await foldRuns(ledger.read((run) => asked.has(run)));
  const byKey = new Map<string, { readonly run: string; readonly edits: Set<string> }>();
  const note = (run: string, { findings, edits }: HeldEntry["proposal"]): void => {
    for (const { key } of findings) {
      const known = byKey.get(key) ?? { run, edits: new Set<string>() };
      byKey.set(key, known);
      for (const edit of edits) known.edits.add(printOf(edit));
    }
  };
  for (const run of runs.values()) {
    for (const { proposal, fate } of heldIn(run, light.values())) if (fate === "rejected") note(run.start.run, proposal);
  }
  return ({ key, fixes = [] }) => {
    const known = byKey.get(key);
    const isSame = known && fixes.every(({ edits }) => edits.every((edit) => known.edits.has(printOf(edit))));
    return isSame ? known.run : undefined;
  };
}

/** Wherever it stands now. */
function printOf({ file, before, after }: Edit): string {
  return JSON.stringify([file, before, after]);
}
