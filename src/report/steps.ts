/**
 * What each proposer made of what it was asked (capability C6): every attempt with the errors that went in and came out, and
 * the steps of the ladder as their sums.
 */
import type { RecordedFinding } from "../domain/entry.ts";
import type { Cost, Proposal } from "../domain/proposal.ts";
import { landedIn, type ReportedRun } from "./run.ts";

export interface Attempt {
  readonly by: string;
  readonly rung: number;
  /** The model that was asked, where one was. */
  readonly model: string | null;
  readonly outcome: "landed" | "struck" | "declined";
  /** Findings that it was to settle. */
  readonly errorsIn: number;
  /** Of these, those that stood afterwards, and what would have come in addition. */
  readonly errorsOut: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where no price is known, or nobody was paid. */
  readonly usd: number | null;
}

/** All attempts of one proposer. */
export interface Step extends Omit<Attempt, "model" | "outcome"> {
  readonly attempts: number;
  readonly landed: number;
  readonly struck: number;
  readonly declined: number;
  /** Landed of attempts, 0 to 1. */
  readonly successRate: number;
}

/** In the order in which they were decided, questions in vain last. */
export function attemptsIn(run: ReportedRun): Attempt[] {
  const landed = landedIn(run);
  const remaining = new Set(run.remaining.map(({ key }) => key));
  const standing = (findings: readonly RecordedFinding[]): number => findings.filter(({ key }) => remaining.has(key)).length;
  return [
    ...run.verdicts.map(({ proposal, reasons }): Attempt => {
      const isLanded = landed.has(proposal.id);
      const risen = reasons.filter(({ code }) => code === "new-finding").length;
      const errorsOut = isLanded ? standing(proposal.findings) : proposal.findings.length + risen;
      return { ...partsOf(proposal), outcome: isLanded ? "landed" : "struck", errorsOut };
    }),
    ...run.declined.map((one): Attempt => ({ ...partsOf(one), outcome: "declined", errorsOut: one.findings.length })),
  ];
}

type Asked = Pick<Proposal, "by" | "rung"> & { readonly findings: readonly RecordedFinding[]; readonly cost?: Cost };

function partsOf({ by, rung, findings, cost = {} }: Asked): Omit<Attempt, "outcome" | "errorsOut"> {
  const { model = null, inputTokens = 0, outputTokens = 0, usd = null } = cost;
  return { by, rung, model, errorsIn: findings.length, inputTokens, outputTokens, usd };
}

/** Lowest rung first. */
export function stepsOf(attempts: readonly Attempt[]): Step[] {
  const steps = [...Map.groupBy(attempts, ({ by }) => by).values()].map(stepOf);
  return steps.sort((one, other) => one.rung - other.rung);
}

function stepOf(group: readonly Attempt[]): Step {
  const sum = (part: "errorsIn" | "errorsOut" | "inputTokens" | "outputTokens"): number => group.reduce((total, one) => total + one[part], 0);
  const ended = (outcome: Attempt["outcome"]): number => group.filter((one) => one.outcome === outcome).length;
  const priced = group.flatMap(({ usd }) => usd ?? []);
  const { by = "", rung = 0 } = group[0] ?? {};
  return {
    ...{ by, rung, attempts: group.length, landed: ended("landed"), struck: ended("struck"), declined: ended("declined") },
    ...{ successRate: ended("landed") / group.length, errorsIn: sum("errorsIn"), errorsOut: sum("errorsOut") },
    ...{ inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") },
    usd: priced.length > 0 ? priced.reduce((total, usd) => total + usd, 0) : null,
  };
}
