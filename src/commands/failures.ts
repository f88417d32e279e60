/** Looks through the newest runs of the ledger for what keeps failing. */
import { LAST_RUNS, readFailures, THRESHOLD, type DeadModel, type Failures } from "../ledger/failures.ts";
import { foldRuns, none } from "../ledger/fold.ts";
import type { Ledger } from "../ledger/ledger.ts";

export async function failuresOf(ledger: Ledger, last = LAST_RUNS, threshold = THRESHOLD): Promise<{ runs: number; failures: Failures }> {
  const ids = new Set([...(await foldRuns(ledger.read(none))).keys()].slice(-last));
  return { runs: ids.size, failures: await readFailures(entriesOf(ledger, ids), threshold) };
}

async function* entriesOf(ledger: Ledger, ids: ReadonlySet<string>): ReturnType<Ledger["read"]> {
  for await (const entry of ledger.read((run) => ids.has(run))) if (ids.has(entry.run)) yield entry;
}

/** Of these models, those that never answered in the last runs. */
export async function deadModels(ledger: Ledger, models: readonly string[]): Promise<readonly DeadModel[]> {
  if (models.length === 0) return [];
  const { failures } = await failuresOf(ledger);
  return failures.dead.filter(({ model }) => models.includes(model));
}
