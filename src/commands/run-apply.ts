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
import type { Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { apply } from "../engine/apply.ts";
import type { Publication, Run } from "../engine/run.ts";
import { systemClock } from "../system/clock.ts";
import { passesOf, WAITING, type SameWay } from "./apply-passes.ts";
import { rejectedChanges, type Rejected } from "./rejected.ts";
import { fatesOf, type FatesOptions } from "./fates.ts";
import { landedBefore } from "./landed-before.ts";
import type { CommonOptions } from "./options.ts";
import { applyLimits } from "./policy.ts";
import { findingsWithPullRequests, publishRun } from "./publish.ts";
import { commentsOf } from "./review-comments.ts";
import { DEFAULT_MAX_ROUNDS, reportOf, type RunReport, type RunSurroundings } from "./run-repair.ts";
import { inSession, type Session } from "./session.ts";
import { sift, type SiftEvent, type Sifted, type SiftReport } from "./sift.ts";
import { refuseUnknownFormat } from "./suggestions.ts";
import { landedCommits, writeBack } from "./write-back.ts";

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
  /** A pull request on the remote's forge, whose review comments are read as well. */
  readonly comments?: number;
  /** Where to write what has become of every finding: `.sarif`, `.rdjson` or `.rdjsonl`. */
  readonly writeBack?: string;
  /** Makes the one input in the run itself, and gives its path; `inputs` only say then what the run is about. */
  readonly source?: (session: Session) => Promise<string>;
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
  const comments = options.comments === undefined ? [] : [`comments:${options.comments}`];
  const subject = (): string[] => [format, same, String(hold), ...inputs, ...comments];
  return inSession({ command: options.source ? "review" : "apply", scope: [], subject, limits: applyLimits(options.policy), common: options, ...surroundings }, async (session) => {
    const { kit, run, base, ladder } = session;
    const sifted = await read(inputs, options, session);
    const tried = await worthTrying(sifted, options, session);
    const readings = tried.length > 0 ? await session.readings() : [];
    const earlier = await landedBefore(session);
    const passes = passesOf(tried, readings, { same, hold, run });
    const maxRounds = base.config.maxRounds ?? DEFAULT_MAX_ROUNDS;
    const result = await apply(kit, { tree: session.tree, readings, maxRounds, passes, landedBefore: earlier });
    run.remaining(result.after, tried.map(({ finding }) => finding));
    const halted = result.halted ?? (result.after.length > 0 && ladder.isSpent ? reason("run", "no-provider") : undefined);
    const publication = await told(options, session, { sifted: sifted.findings, readings, earlier });
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

/** What became of the findings, where that is asked for: in a file, and with the branch on its remote. */
async function told({ pr, remote = "origin", writeBack: file, cwd }: ApplyOptions, session: Session, found: Pick<FatesOptions, "sifted" | "readings" | "earlier">): Promise<Publication | undefined> {
  if (!pr && file === undefined) return undefined;
  const { run, ledger, repository, base } = session;
  const fates = fatesOf({ run, ...found, commits: await landedCommits(ledger) });
  if (file !== undefined) await writeBack(file, fates, { cwd, git: repository.git, tree: base.tree });
  return pr ? publishRun(session, remote, fates) : undefined;
}

/** 65 and 66 only where nothing in the inputs could be used; what waits for a person remains. */
function exitCodeOf(sifted: SiftReport, { declined, held }: Run, after: readonly Finding[], halted: Reason | undefined): number {
  if (sifted.exitCode > EXIT.remains) return sifted.exitCode;
  if (halted?.code === "no-provider") return EXIT.noProvider;
  const isLeft = sifted.exitCode !== EXIT.settled || declined.length > 0 || held.length > 0 || after.length > 0;
  return isLeft || halted ? EXIT.remains : EXIT.settled;
}

/** What the run makes or fetches itself is read with what it was given. */
async function read(inputs: readonly string[], options: ApplyOptions, session: Session): Promise<SiftReport> {
  const { source, comments, remote = "origin" } = options;
  if (source) return siftInto(session.run, [await source(session)], options, session);
  if (comments === undefined) return siftInto(session.run, inputs, options, session);
  const file = await commentsOf(comments, remote, session);
  const sifted = await siftInto(session.run, file === undefined ? inputs : [...inputs, file], options, session);
  return file === undefined ? { ...sifted, exitCode: sifted.counts.read > 0 ? 1 : 66 } : sifted;
}

/** Reads the inputs; whatever does not come through is a line in the ledger. */
function siftInto(run: Run, inputs: readonly string[], options: ApplyOptions, { kit, base, repository }: Session): Promise<SiftReport> {
  const { cwd, format, hold, maxFiles = MAX_FILES, stdin = process.stdin } = options;
  const limits = hold ? { ...ELIGIBILITY, blockedTiers: ELIGIBILITY.blockedTiers.filter((tier) => !WAITING.has(tier)), heldTiers: [...WAITING] } : ELIGIBILITY;
  const { git, checkout } = repository;
  const listen = (event: SiftEvent): void => {
    if (event.type === "skipped") run.skip(event.skipped);
    else run.decline(declinedOf(event.suggestion.advice.map(({ finding }) => finding), event.suggestion.origin.source, event.reason));
  };
  const { signal, policy } = kit;
  return sift({ inputs, cwd, stdin, git, base: base.tree, checkout, policy, limits, maxFiles, listen, ...(format !== undefined && { format }), ...(signal && { signal }) });
}

function declinedOf(findings: readonly Finding[], by: string, why: Reason): Declined {
  return { declined: true, findings, by, rung: 0, reason: why };
}

/** What nobody has decided already, and somebody can settle. */
async function worthTrying({ findings }: SiftReport, { pr }: ApplyOptions, session: Session): Promise<Sifted[]> {
  const { run, ledger } = session;
  const known = pr ? await findingsWithPullRequests(session) : NONE;
  const unwanted = await rejectedChanges(ledger);
  return findings.filter((one) => isNew(one, known, run) && isWanted(one, unwanted, run) && isWorthTrying(one, session));
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
