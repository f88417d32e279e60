/** A whole repair, without a command line: what `stet repair` and the library's `repair` both call. */
import type { LandedCommit } from "../domain/entry.ts";
import type { Listener } from "../domain/event.ts";
import type { Finding } from "../domain/finding.ts";
import type { Declined } from "../domain/plugin.ts";
import { EXIT } from "../domain/problem.ts";
import type { Proposal } from "../domain/proposal.ts";
import { findingsIn, type Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Standing } from "../engine/offers.ts";
import { repair } from "../engine/repair.ts";
import type { Spent } from "../llm/budget.ts";
import { systemClock } from "../system/clock.ts";
import { idOf } from "../system/objects.ts";
import type { CommonOptions } from "./options.ts";
import { REPAIR_LIMITS } from "./policy.ts";
import { scopeOf } from "./scope.ts";
import { inSession, type Session } from "./session.ts";

/** What every run ends with, whichever command it was. */
export interface RunReport {
  readonly run: string;
  /** The full ref. It exists only where something landed. */
  readonly branch: string;
  /** Where the branch stands; null where nothing has landed. */
  readonly tip: string | null;
  readonly base: string;
  /** Whether HEAD is the base, so that the branch can be taken by fast-forward. */
  readonly headIsBase: boolean;
  readonly dryRun: boolean;
  readonly commits: readonly LandedCommit[];
  /** How often each check really ran, by name. */
  readonly checksRun: Readonly<Record<string, number>>;
  /** The models that could be asked, by rung; empty where none was named. */
  readonly models: readonly string[];
  /** What models cost; absent where none was asked. */
  readonly spent?: Spent;
  readonly durationMs: number;
  readonly halted?: Reason;
  readonly exitCode: number;
}

export interface RepairReport extends RunReport {
  readonly verdicts: readonly Verdict[];
  /** What proposers were asked in vain. */
  readonly declined: readonly Declined[];
  readonly landed: readonly Proposal[];
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  /** Every check's reading of what stands now. */
  readonly readings: readonly Reading[];
}

export interface RunSurroundings {
  readonly listen: Listener;
  readonly signal: AbortSignal;
  exitCodeOfAbort(): number;
  /** Why `signal` was aborted: `deadline` ends a run in good order, anything else at once. */
  why(): Reason;
}

export const DEFAULT_MAX_ROUNDS = 10;

export async function runRepair(
  paths: readonly string[],
  common: CommonOptions,
  surroundings: RunSurroundings,
): Promise<RepairReport> {
  const started = systemClock.now();
  const scope = await scopeOf(common.cwd, paths);
  const options = { command: "repair", scope, subject: () => [], limits: REPAIR_LIMITS, common, ...surroundings };
  return inSession(options, async (session) => {
    const { kit, run, base, tree, ladder } = session;
    const readings = await session.readings();
    const findings = (standing: Pick<Standing, "readings">): Finding[] => findingsIn(standing.readings).filter((finding) => within(finding, session.scope));
    const maxRounds = base.config.maxRounds ?? DEFAULT_MAX_ROUNDS;
    const result = await repair(kit, { tree, readings, maxRounds, findings, accepts: "better" });
    run.remaining(result.after, result.before);
    const isLeft = result.after.length > 0;
    const halted = result.halted ?? (isLeft && ladder.isSpent ? reason("run", "no-provider") : undefined);
    return {
      ...(await reportOf(session, started, halted)),
      verdicts: run.verdicts,
      declined: run.declined,
      landed: run.landed,
      before: result.before,
      after: result.after,
      readings: result.readings,
      exitCode: !isLeft && !halted ? EXIT.settled : halted?.code === "no-provider" ? EXIT.noProvider : EXIT.remains,
    };
  });
}

/** The part of a report that every run has. */
export async function reportOf(
  { kit, run, base, repository, ladder }: Session,
  startedMs: number,
  halted: Reason | undefined,
): Promise<Omit<RunReport, "exitCode">> {
  return {
    run: run.options.id,
    branch: run.options.branch,
    tip: run.tip,
    base: base.commit,
    headIsBase: (await idOf(repository.git, "HEAD")) === base.commit,
    dryRun: run.options.dryRun,
    commits: run.commits,
    checksRun: Object.fromEntries(kit.trial.measure.ran),
    durationMs: systemClock.now() - startedMs,
    models: ladder.proposers.map(({ name }) => name),
    ...(ladder.spent.requests > 0 ? { spent: ladder.spent } : {}),
    ...(halted ? { halted } : {}),
  };
}

function within({ at }: Finding, scope: readonly string[]): boolean {
  const file = at?.file ?? "";
  return scope.length === 0 || scope.some((prefix) => file === prefix || file.startsWith(`${prefix}/`));
}
