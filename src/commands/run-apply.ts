/**
 * A whole apply, without a command line: others' findings, held against the repository and the policy, tried, and landed
 * where they make nothing worse. What `stet apply` and the library's `apply` both call.
 */
import { MAX_FILES } from "../domain/choose-files.ts";
import { ELIGIBILITY } from "../domain/eligibility.ts";
import type { Finding } from "../domain/finding.ts";
import type { Declined } from "../domain/plugin.ts";
import { EXIT } from "../domain/problem.ts";
import type { Proposal } from "../domain/proposal.ts";
import { findingsIn, type Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { apply, type Pass } from "../engine/apply.ts";
import type { Publication, Run } from "../engine/run.ts";
import { systemClock } from "../system/clock.ts";
import { couldTell } from "./could-tell.ts";
import { rejectedChanges, type Rejected } from "./rejected.ts";
import { landedBefore } from "./landed-before.ts";
import type { CommonOptions } from "./options.ts";
import { applyLimits } from "./policy.ts";
import { findingsWithPullRequests, publishRun } from "./publish.ts";
import { DEFAULT_MAX_ROUNDS, reportOf, type RunReport, type RunSurroundings } from "./run-repair.ts";
import { inSession, type Session } from "./session.ts";
import { sift, type SiftEvent, type Sifted, type SiftReport } from "./sift.ts";
import { refuseUnknownFormat } from "./suggestions.ts";

/** What becomes of a change that no check speaks for: nothing got worse, and that is all that can be said. */
export type SameWay = "land" | "hold" | "refuse";

export interface ApplyOptions extends CommonOptions {
  /** The format of all inputs; told by how each begins where absent. */
  readonly format?: string;
  /** Tries rows of the tier `simulation` as well, and keeps what is green for a person. */
  readonly hold?: boolean;
  readonly same?: SameWay;
  readonly stdin?: AsyncIterable<Buffer>;
  /** Pushes the branch and opens a pull request, or brings the one that is there up to date. */
  readonly pr?: boolean;
  /** Where to. Default `origin`. */
  readonly remote?: string;
}

export interface ApplyReport extends RunReport {
  /** What was read, and what of it was tried. */
  readonly counts: SiftReport["counts"];
  readonly verdicts: readonly Verdict[];
  readonly declined: readonly Declined[];
  readonly landed: readonly Proposal[];
  /** Green, and waiting for a person. */
  readonly held: readonly Verdict[];
  /** What was tried and has not landed. */
  readonly after: readonly Finding[];
  readonly readings: readonly Reading[];
  /** What became of the branch on its remote; absent where that was not asked for, or nothing has landed. */
  readonly publication?: Publication;
}

export async function runApply(inputs: readonly string[], options: ApplyOptions, surroundings: RunSurroundings): Promise<ApplyReport> {
  const started = systemClock.now();
  refuseUnknownFormat(options.format);
  const { same = "land", format = "", hold = false } = options;
  const subject = (): string[] => [format, same, String(hold), ...inputs];
  return inSession({ command: "apply", scope: [], subject, limits: applyLimits(options.policy), common: options, ...surroundings }, async (session) => {
    const { kit, run, base, ladder } = session;
    const sifted = await siftInto(run, inputs, options, session);
    const known = options.pr ? await findingsWithPullRequests(session) : NONE;
    const unwanted = await rejectedChanges(session.ledger);
    const tried = sifted.findings.filter((one) => isNew(one, known, run) && isWanted(one, unwanted, run) && isWorthTrying(one, session));
    const readings = tried.length > 0 ? await session.readings() : [];
    const earlier = await landedBefore(session);
    const passes = passesOf(tried, readings, { same, session });
    const maxRounds = base.config.maxRounds ?? DEFAULT_MAX_ROUNDS;
    const result = await apply(kit, { tree: session.tree, readings, maxRounds, passes, landedBefore: earlier });
    run.remaining(result.after, tried.map(({ finding }) => finding));
    const halted = result.halted ?? (result.after.length > 0 && ladder.isSpent ? reason("run", "no-provider") : undefined);
    const publication = options.pr ? await publishRun(session, options.remote ?? "origin") : undefined;
    return {
      ...(await reportOf(session, started, halted)),
      ...(publication && { publication }),
      counts: sifted.counts,
      verdicts: run.verdicts,
      declined: run.declined,
      landed: run.landed,
      held: run.held,
      after: result.after,
      readings: result.readings,
      exitCode: publication?.reason ? EXIT.remains : exitCodeOf(sifted, run, result.after, halted),
    };
  });
}

/** 65 and 66 only where nothing in the inputs could be used; what waits for a person remains. */
function exitCodeOf(sifted: SiftReport, { declined, held }: Run, after: readonly Finding[], halted: Reason | undefined): number {
  if (sifted.exitCode > EXIT.remains) return sifted.exitCode;
  if (halted?.code === "no-provider") return EXIT.noProvider;
  const isLeft = sifted.exitCode !== EXIT.settled || declined.length > 0 || held.length > 0 || after.length > 0;
  return isLeft || halted ? EXIT.remains : EXIT.settled;
}

/** Reads the inputs; whatever does not come through is a line in the ledger. */
function siftInto(run: Run, inputs: readonly string[], options: ApplyOptions, { kit, base, repository }: Session): Promise<SiftReport> {
  const { cwd, format, hold, maxFiles = MAX_FILES, stdin = process.stdin } = options;
  const limits = hold ? { ...ELIGIBILITY, blockedTiers: ELIGIBILITY.blockedTiers.filter((tier) => tier !== SIMULATION) } : ELIGIBILITY;
  const { git, checkout } = repository;
  const listen = (event: SiftEvent): void => {
    if (event.type === "skipped") run.skip(event.skipped);
    else run.decline(declinedOf(event.suggestion.advice.map(({ finding }) => finding), event.suggestion.origin.source, event.reason));
  };
  const { signal, policy } = kit;
  return sift({ inputs, cwd, stdin, git, base: base.tree, checkout, policy, limits, maxFiles, listen, ...(format !== undefined && { format }), ...(signal && { signal }) });
}

const SIMULATION = "simulation";
/** A row that says so wants a person to look first. */
const DRY_RUN = "dry_run";

function declinedOf(findings: readonly Finding[], by: string, why: Reason): Declined {
  return { declined: true, findings, by, rung: 0, reason: why };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Never two pull requests for one finding, and one that was closed was a no. */
function isNew({ finding, suggestion }: Sifted, known: ReadonlyMap<string, string>, run: Run): boolean {
  const url = known.get(finding.key);
  if (url !== undefined) run.decline(declinedOf([finding], suggestion.origin.source, reason("apply", "has-pull-request", { url })));
  return url === undefined;
}

/** A person's no to a change stands; another change for the same finding is another matter. */
function isWanted({ finding, suggestion }: Sifted, unwanted: Rejected, run: Run): boolean {
  const rejectedBy = unwanted(finding);
  if (rejectedBy !== undefined) run.decline(declinedOf([finding], suggestion.origin.source, reason("apply", "rejected-before", { run: rejectedBy })));
  return rejectedBy === undefined;
}

/** Words without an edit are for models; where there are none, that is said and done. */
function isWorthTrying({ finding, misplaced, suggestion }: Sifted, { ladder, run }: Session): boolean {
  if (finding.fixes || ladder.proposers.length > 0) return true;
  run.decline(declinedOf([finding], suggestion.origin.source, misplaced[0] ?? reason("apply", "no-fix-offered")));
  return false;
}

/**
 * A finding that a check sees as well has to go away; of the others it is enough that nothing gets worse, as long as there
 * is a check that could tell.
 */
function passesOf(tried: readonly Sifted[], readings: readonly Reading[], { same, session }: { same: SameWay; session: Session }): Pass[] {
  const { run } = session;
  const seen = new Map(findingsIn(readings).map((finding) => [identityOf(finding), finding]));
  const checkable: One[] = [];
  const others: One[] = [];
  for (const { finding, suggestion } of tried) {
    const own = seen.get(identityOf(finding));
    const waits = suggestion.stage === DRY_RUN || suggestion.trust?.tiers.includes(SIMULATION) === true;
    // Only review rows say how far they are to be trusted: their changes are a model's.
    const byModel = suggestion.trust !== undefined;
    if (own && !waits) checkable.push({ finding: { ...own, ...(finding.fixes && { fixes: finding.fixes }) }, waits, byModel });
    else others.push({ finding, waits, byModel });
  }
  const speakers = readings.some(couldTell);
  if (others.length > 0 && (!speakers || same === "refuse")) {
    const why = speakers ? reason("apply", "same-refused") : reason("apply", "nothing-could-tell");
    for (const { finding } of others.splice(0)) run.decline(declinedOf([finding], finding.by, why));
  }
  const holds = ({ waits }: One): boolean => waits || same === "hold";
  return [
    ...byMaker(checkable, { accepts: "better", holds: false }),
    ...byMaker(others.filter((one) => !holds(one)), { accepts: "same", holds: false }),
    ...byMaker(others.filter(holds), { accepts: "same", holds: true }),
  ];
}

interface One {
  readonly finding: Finding;
  readonly waits: boolean;
  readonly byModel: boolean;
}

/** Tools' changes before those of models. */
function byMaker(ones: readonly One[], more: Pick<Pass, "accepts" | "holds">): Pass[] {
  return [false, true].map((byModel) => ({ ...more, byModel, findings: ones.filter((one) => one.byModel === byModel).map(({ finding }) => finding) }));
}

/** The same rule at the same place is the same defect, whoever reports it. */
function identityOf({ rule, at }: Finding): string {
  return JSON.stringify([rule, at?.file, at?.line]);
}
