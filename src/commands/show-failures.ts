/** What `stet runs --clusters` does: the ledger's newest runs, looked through for what keeps failing. Changes nothing. */
import { EXIT } from "../domain/problem.ts";
import { THRESHOLD } from "../ledger/failures.ts";
import { failuresJson, failuresText } from "../report/failures.ts";
import { safeJson } from "../report/plain.ts";
import type { Console } from "./console.ts";
import { failuresOf } from "./failures.ts";
import type { CommonOptions } from "./options.ts";
import { openState } from "./state.ts";

export interface RunsOptions extends CommonOptions {
  readonly clusters?: boolean;
  /** Runs to look at, the newest. */
  readonly last?: number;
  readonly threshold?: number;
}

export async function showFailures(options: RunsOptions, terminal: Console): Promise<void> {
  await using state = await openState(options.cwd, { lock: false });
  const threshold = options.threshold ?? THRESHOLD;
  const { runs, failures } = await failuresOf(state.ledger, options.last, threshold);
  if (options.json) for (const line of failuresJson(failures)) terminal.print(safeJson(line));
  else terminal.print(failuresText(failures, { runs, threshold }, terminal.paint));
  terminal.exit(EXIT.settled);
}
