/** Begins a run: its id, its branch, and whether it goes on from where the last run of the same work came to. */
import { createHash } from "node:crypto";
import type { Listener } from "../domain/event.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { Run } from "../engine/run.ts";
import { identity } from "../land/commits.ts";
import { BRANCH_PREFIX, checkedOutAt } from "../land/land.ts";
import { foldRuns, latestOf, none, type RunState } from "../ledger/fold.ts";
import { isoTime, systemClock } from "../system/clock.ts";
import { idOf } from "../system/objects.ts";
import type { Repository } from "../system/repository.ts";
import type { Capabilities } from "../system/sandbox.ts";
import type { Base } from "./base.ts";
import type { CommonOptions } from "./options.ts";
import { askedFor, refuseOtherWork, type Resumed } from "./resume.ts";
import type { State } from "./state.ts";
import { markOf } from "./trial.ts";

export interface Place {
  /** The full ref. */
  readonly ref: string;
  /** Null where it does not exist. */
  readonly tip: string | null;
  /** The commit that the branch begins from, where that is not what the user asked for. */
  readonly base?: string;
}

export interface BeginOptions {
  readonly id: string;
  readonly command: string;
  /** What besides base and checks makes two runs the same work; a subject may depend on the folder that the user stands in. */
  readonly scope: readonly string[];
  readonly subject: (prefix: string) => readonly string[];
  readonly common: CommonOptions;
  /** A branch of the command's own choice, and where it stands, in place of one that is named after the run. */
  readonly place?: Place;
  /** The run that the user named to go on with. */
  readonly resumed?: Resumed;
  readonly listen: Listener;
}

export function newId(): string {
  return `${isoTime(systemClock.now()).slice(0, 16).replace(/\D/g, "")}-${systemClock.random(2)}`;
}

export async function beginRun(
  options: BeginOptions,
  state: State,
  base: Base,
  { containment, unenforced }: Capabilities,
): Promise<Run> {
  const { id, command, scope, subject, common, resumed, place, listen } = options;
  const { repository, ledger } = state;
  const parts = [command, base.commit, scope, subject(repository.prefix), base.checks, common.allow, common.allowPath, common.policy ?? "free"];
  const work = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
  const asked = askedFor(scope, common);
  if (resumed) refuseOtherWork(resumed.state, { work, asked });
  const { state: earlier, tip }: Earlier = place ?? resumed ?? (await lastOf(state, work, common));
  await refuseTakenPrefix(repository);
  const run = new Run({
    id,
    command,
    work,
    asked,
    base: base.commit,
    branch: place?.ref ?? earlier?.start.branch ?? `${BRANCH_PREFIX}${command}-${id}`,
    tip,
    ...(earlier ? { continues: earlier.start.run } : {}),
    dryRun: common.dryRun ?? false,
    containment,
    unenforced,
    git: repository.git.with({ mark: markOf(id) }),
    ledger,
    who: await identity(repository.git),
    now: () => systemClock.now(),
    listen,
  });
  if (earlier) run.notice("continuing", { run: earlier.start.run, branch: earlier.start.branch, commits: earlier.commits.length });
  return run;
}

/** A branch called `stet` leaves no room for `stet/…`: git keeps refs as files in folders. */
async function refuseTakenPrefix({ git }: Repository): Promise<void> {
  const ref = BRANCH_PREFIX.replace(/\/$/, "");
  const taken = await idOf(git, ref);
  if (taken !== undefined) throw new Problem("prefix-taken", { ref }, EXIT.cannotCreate);
}

interface Earlier {
  readonly state?: RunState;
  readonly tip: string | null;
}

/** What to go on with by itself; nothing where the user wants to start anew, or to leave no trace. */
async function lastOf(state: State, work: string, { fresh, dryRun }: CommonOptions): Promise<Earlier> {
  const earlier = fresh || dryRun ? undefined : await standing(state, work);
  return earlier ? { state: earlier, tip: earlier.tip ?? null } : { tip: null };
}

/** The last run of the same work, if its branch stands just as it left it and nobody has it checked out. */
async function standing({ ledger, repository }: State, work: string): Promise<RunState | undefined> {
  const earlier = latestOf(await foldRuns(ledger.read(none)), work);
  if (!earlier) return undefined;
  const { branch } = earlier.start;
  const stands = await idOf(repository.git, branch);
  if (stands !== earlier.tip) return undefined;
  return (await checkedOutAt(repository.git, branch)) === undefined ? earlier : undefined;
}
