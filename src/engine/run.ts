/**
 * One run: its identity, its branch, and the ledger's lines for all that it decides. The only place in the engine that
 * lands anything.
 */
import type { AskedFor, LandedCommit, PublishedEntry, RecordedFinding, RunStatus } from "../domain/entry.ts";
import type { Finding } from "../domain/finding.ts";
import type { Listener } from "../domain/event.ts";
import type { Declined } from "../domain/plugin.ts";
import type { Cost, Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Skipped } from "../domain/suggestion.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Identity } from "../land/commits.ts";
import { land, type Landing, type LandingOptions } from "../land/land.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Disagreement } from "../trial/trial.ts";

export interface RunOptions {
  readonly id: string;
  readonly command: string;
  readonly work: string;
  readonly asked?: AskedFor;
  /** The commit that the user asked to start from. */
  readonly base: string;
  readonly branch: string;
  /** Where the branch stands, for a run that goes on with an earlier one's. */
  readonly tip: string | null;
  readonly continues?: string;
  readonly dryRun: boolean;
  /** How checks and tools are contained, and what of it this machine cannot enforce. */
  readonly containment: string;
  readonly unenforced: readonly string[];
  /** The user's repository. */
  readonly git: LandingOptions["git"];
  readonly ledger: Ledger;
  readonly who: Identity;
  readonly now: () => number;
  readonly listen: Listener;
}

/** What a line about a publication says besides its time and run. */
export type Publication = Omit<PublishedEntry, "kind" | "at" | "run">;

export class Run {
  readonly options: RunOptions;
  readonly verdicts: Verdict[] = [];
  readonly declined: Declined[] = [];
  readonly held: Verdict[] = [];
  readonly landed: Proposal[] = [];
  readonly commits: LandedCommit[] = [];
  #tip: string | null;

  constructor(options: RunOptions) {
    this.options = options;
    this.#tip = options.tip;
    const { command, work, asked, base, branch, dryRun, containment, unenforced, continues } = options;
    const start = { kind: "run" as const, command, work, ...(asked && { asked }), base, branch, dryRun, containment, unenforced };
    options.ledger.append(options.id, continues === undefined ? start : { ...start, continues });
  }

  /** The commit that the next landing stands on. */
  get parent(): string {
    return this.#tip ?? this.options.base;
  }

  /** Where the branch stands; null while it does not exist. */
  get tip(): string | null {
    return this.#tip;
  }

  record(verdict: Verdict, landed = false): void {
    this.verdicts.push(verdict);
    this.options.listen({ type: "verdict", verdict, landed });
    const proposal = { ...verdict.proposal, findings: verdict.proposal.findings.map(withoutFixes) };
    const { reasons, evidence } = verdict;
    const dryRun = this.options.dryRun;
    this.options.ledger.append(this.options.id, { kind: "verdict", verdict: verdict.kind, proposal, reasons, evidence, dryRun });
  }

  /** It is green and waits for a person, edits and all. */
  hold(verdict: Verdict): void {
    this.held.push(verdict);
    this.options.listen({ type: "held", verdict });
    const proposal = { ...verdict.proposal, findings: verdict.proposal.findings.map(withoutFixes) };
    this.options.ledger.append(this.options.id, { kind: "held", verdict: verdict.kind, proposal, evidence: verdict.evidence });
  }

  /** A part of an input is no suggestion, or cannot be read. */
  skip(skipped: Skipped): void {
    this.options.listen({ type: "skipped", skipped });
    const { origin, reason: why } = skipped;
    this.options.ledger.append(this.options.id, { kind: "skipped", origin, reason: why });
  }

  /** A proposer had nothing to offer; what that cost is part of the run's cost. */
  decline(declined: Declined): void {
    this.declined.push(declined);
    this.options.listen({ type: "declined", declined });
    const { findings, by, rung, reason: why, cost } = declined;
    const entry = { kind: "declined" as const, by, rung, findings: findings.map(withoutFixes), reason: why };
    this.options.ledger.append(this.options.id, cost ? { ...entry, cost } : entry);
  }

  /** A model was asked about something that is no finding. */
  asked(by: string, subject: string, cost: Cost): void {
    this.options.ledger.append(this.options.id, { kind: "asked", by, subject, cost });
  }

  disagreed({ check, tree, reasons }: Disagreement): void {
    this.options.ledger.append(this.options.id, { kind: "disagreement", check, tree, reasons });
  }

  /** Lands proposals that were measured together as `tree`; in a dry run nothing moves. */
  async land(accepted: readonly Verdict[], tree: string, message: LandingOptions["message"]): Promise<Reason | undefined> {
    for (const verdict of accepted) this.record(verdict, true);
    const proposals = accepted.map(({ proposal }) => proposal);
    if (this.options.dryRun) {
      this.landed.push(...proposals);
      return undefined;
    }
    const landing = await this.#move(proposals, tree, message);
    if (!landing.ok) return landing.reason;
    this.#tip = landing.tip;
    this.commits.push(...landing.commits);
    this.landed.push(...proposals);
    this.options.listen({ type: "landed", ref: this.options.branch, commits: landing.commits });
    return undefined;
  }

  #move(proposals: readonly Proposal[], tree: string, message: LandingOptions["message"]): Promise<Landing> {
    const { id, git, branch, who, ledger, now } = this.options;
    return land({
      git,
      ref: branch,
      parent: this.parent,
      from: this.#tip,
      proposals,
      tree,
      who,
      atMs: now(),
      message,
      journal: {
        intent: (line) => ledger.append(id, { kind: "intent", ...line }),
        landed: (line) => ledger.append(id, { kind: "landed", ...line, recovered: false, hooks: "not run" }),
        abandoned: (line) => ledger.append(id, { kind: "abandoned", ...line }),
      },
    });
  }

  /** A branch has gone to a remote, or has not: what came of it is one line. */
  published(publication: Publication): void {
    this.options.ledger.append(this.options.id, { kind: "published", ...publication });
    if (publication.reason) this.options.listen({ type: "notice", reason: publication.reason });
  }

  /** `before`: what there was to settle when the run began. */
  remaining(findings: readonly Finding[], before: readonly Finding[]): void {
    const counted = Object.fromEntries([...Map.groupBy(before, ({ category }) => category)].map(([category, group]) => [category, group.length]));
    this.options.ledger.append(this.options.id, { kind: "remaining", findings: findings.map(withoutFixes), before: counted });
    this.options.listen({ type: "remaining", findings });
  }

  /** `checks`: how often each was really run, where that is known. */
  end(status: RunStatus, exitCode: number, reasons: readonly Reason[] = [], checks?: ReadonlyMap<string, number>): void {
    const ended = { kind: "ended" as const, status, exitCode, reasons };
    this.options.ledger.append(this.options.id, checks ? { ...ended, checks: Object.fromEntries(checks) } : ended);
    const branch = this.#tip === null ? {} : { branch: this.options.branch };
    this.options.listen({ type: "run-ended", run: this.options.id, status, exitCode, reasons, ...branch });
  }

  notice(code: string, args: Reason["args"]): void {
    this.options.listen({ type: "notice", reason: reason("run", code, args) });
  }
}

function withoutFixes({ fixes: _fixes, ...rest }: Finding): RecordedFinding {
  return rest;
}
