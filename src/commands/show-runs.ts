/** What `stet runs` and `stet report` do: the ledger's runs, looked up and shown. Changes nothing. */
import { EXIT } from "../domain/problem.ts";
import { foldRuns, none, type RunState } from "../ledger/fold.ts";
import { heldIn } from "../ledger/held.ts";
import { runJson } from "../report/json.ts";
import { runMarkdown } from "../report/markdown.ts";
import { safeJson } from "../report/plain.ts";
import { runText } from "../report/run-text.ts";
import { runsTable } from "../report/runs.ts";
import { compareLines, telemetryOf } from "../report/telemetry.ts";
import type { Console } from "./console.ts";
import { findRun } from "./find-run.ts";
import type { CommonOptions } from "./options.ts";
import { openState, type State } from "./state.ts";

export interface ReportOptions extends CommonOptions {
  readonly md?: boolean;
  readonly html?: boolean;
  /** Another run's id, or the beginning of it. */
  readonly compare?: string;
}

export async function showRuns(options: CommonOptions & { readonly last?: number }, terminal: Console): Promise<void> {
  await using state = await openState(options.cwd, { lock: false });
  const runs = [...(await foldRuns(state.ledger.read())).values()].slice(-(options.last ?? Infinity));
  if (options.json) for (const run of runs) terminal.print(safeJson({ type: "run", ...runJson(run) }));
  else terminal.print(runsTable(runs));
  terminal.exit(EXIT.settled);
}

export async function showReport(id: string | undefined, options: ReportOptions, terminal: Console): Promise<void> {
  await using state = await openState(options.cwd, { lock: false });
  const found = await findRun(state, id);
  const run = found.held.length === 0 ? found : { ...found, holds: heldIn(found, (await foldRuns(state.ledger.read(none))).values()) };
  const baseline = options.compare === undefined ? undefined : await findRun(state, options.compare);
  const compared = baseline ? { baseline: { run: baseline.start.run, telemetry: telemetryOf(baseline) } } : {};
  if (options.json) terminal.print(safeJson({ type: "run", ...runJson(run), ...compared }));
  else if (baseline) terminal.print(compareLines(run, baseline, terminal.paint).join("\n"));
  else if (options.html) terminal.print(await pageOf(run, state));
  else terminal.print(options.md ? runMarkdown(run) : runText(run, terminal.paint));
  terminal.exit(EXIT.settled);
}

/** Apart from `await using`: TypeScript 6 leaves the `.ts` of an import as it is in a function that has one. */
async function pageOf(run: RunState, { repository }: State): Promise<string> {
  const [{ runHtml }, { baseTexts }] = await Promise.all([import("../report/html/page.ts"), import("./page-texts.ts")]);
  return runHtml(run, await baseTexts(run, repository.git));
}
