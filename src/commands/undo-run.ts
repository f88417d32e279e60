/** What `stet undo` does: asks land/ to move the ref back, and writes down that it has. */
import { EXIT, Problem } from "../domain/problem.ts";
import { undo } from "../land/undo.ts";
import { safeJson } from "../report/plain.ts";
import { undone } from "../report/runs.ts";
import type { Console } from "./console.ts";
import type { CommonOptions } from "./options.ts";
import { findRun } from "./find-run.ts";
import { openState } from "./state.ts";

export async function undoRun(id: string, options: CommonOptions, terminal: Console): Promise<void> {
  await using state = await openState(options.cwd, { lock: true });
  const { start, tip, before } = await findRun(state, id);
  if (tip === undefined || before === undefined) throw new Problem("nothing-to-undo", { run: start.run }, EXIT.noInput);
  const refusal = await undo({ git: state.repository.git, ref: start.branch, tip, before });
  if (refusal) throw new Problem(refusal.code, refusal.args, EXIT.refused);
  state.ledger.append(start.run, { kind: "undone", ref: start.branch, from: tip, to: before });
  if (options.json) terminal.print(safeJson({ type: "undone", run: start.run, ref: start.branch, from: tip, to: before }));
  else terminal.print(undone(start.run, start.branch, before));
  terminal.exit(EXIT.settled);
}
