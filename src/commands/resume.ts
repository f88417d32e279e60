/**
 * `--resume <run>`: goes on with a run that the user names, from its base, in its scope and on its branch, as far as that
 * stands where stet left it. What loosens the gates and which models may be asked is never taken from the record, which is
 * a file of the repository: it has to be said again, and the message gives the words.
 */
import type { AskedFor } from "../domain/entry.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { checkedOutAt } from "../land/land.ts";
import { foldRuns, none, type RunState } from "../ledger/fold.ts";
import { resumeArguments } from "../report/resume.ts";
import type { CommonOptions } from "./options.ts";
import { findRun } from "./find-run.ts";
import type { State } from "./state.ts";

export interface Resumed {
  readonly state: RunState;
  /** Where its branch stands: where it left it, or a later run that went on with it; null where nothing has landed. */
  readonly tip: string | null;
  /** What the new run counts as, where it is not asked for the same again. */
  readonly work?: string;
}

interface Asking {
  readonly command: string;
  readonly scope: readonly string[];
  readonly common: CommonOptions;
}

/** The same options with the base and scope of the run that is to go on; as they are where none is named. Throws `Problem`. */
export async function withResumed<T extends Asking>(options: T, state: State): Promise<T & { readonly resumed?: Resumed }> {
  const { resume } = options.common;
  if (resume === undefined) return options;
  const earlier = await findRun(state, resume);
  const { start } = earlier;
  if (start.command !== options.command) throw new Problem("resume-other-command", { run: start.run, command: start.command }, EXIT.usage);
  const tip = await tipOf(earlier, state);
  const scope = options.scope.length > 0 ? options.scope : (start.asked?.scope ?? []);
  return { ...options, scope, common: { ...options.common, base: start.base }, resumed: { state: earlier, tip } };
}

/** The same options from the base of the run that is gone on with. */
export function onTopOf<T extends Asking>(options: T, resumed: Resumed): T & { readonly resumed?: Resumed } {
  return { ...options, common: { ...options.common, base: resumed.state.start.base }, resumed };
}

/** Throws `Problem` (66 where there is nothing to go on with, 77 where somebody else's hands are on the branch). */
async function tipOf({ start, undone }: RunState, state: State): Promise<string | null> {
  const { run } = start;
  if (undone) throw new Problem("resume-undone", { run }, EXIT.noInput);
  return branchTip(start, state);
}

/** Where a run's branch stands; null where nothing stands of what runs landed on it. Throws `Problem` as `tipOf`. */
export async function branchTip({ run, branch: ref }: Pick<RunState["start"], "run" | "branch">, { ledger, repository: { git } }: State): Promise<string | null> {
  const onBranch = [...(await foldRuns(ledger.read(none))).values()].filter((one) => one.start.branch === ref && one.tip !== undefined && !one.undone);
  const expected = onBranch.at(-1)?.tip ?? null;
  const stands = (await git.maybe(["rev-parse", "--verify", "--quiet", "--end-of-options", ref])) ?? null;
  if (stands === null && expected !== null) throw new Problem("resume-gone", { run, ref }, EXIT.noInput);
  if (stands !== expected) throw new Problem("branch-moved", { ref, expected: expected ?? "", found: stands ?? "" }, EXIT.refused);
  const folder = stands === null ? undefined : await checkedOutAt(git, ref);
  if (folder !== undefined) throw new Problem("branch-checked-out", { ref, folder }, EXIT.refused);
  return expected;
}

/** What a run was asked for, for its record. */
export function askedFor(scope: readonly string[], { allow, allowPath, model, agent }: CommonOptions): AskedFor {
  const models = model === undefined || model === false ? [] : model;
  return { scope, allow, allowPath, models, ...(agent !== undefined && { agent }) };
}

/** Other options make another run: throws `Problem` (64) with the words that would make it the same. */
export function refuseOtherWork({ start }: RunState, now: { readonly work: string; readonly asked: AskedFor }): void {
  if (start.work === now.work) return;
  const { asked } = start;
  const isSaid = asked && isSame(asked.scope, now.asked.scope) && isSame(asked.allow, now.asked.allow) && isSame(asked.allowPath, now.asked.allowPath);
  // The options are the same, or unknown: then it is the configuration that another one was used with.
  if (!asked || isSaid) throw new Problem("resume-other-checks", { run: start.run }, EXIT.usage);
  throw new Problem("resume-other-options", { run: start.run, command: resumeArguments(start) }, EXIT.usage);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
