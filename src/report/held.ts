/** What waits for a person, by its numbers, and what is said when they have decided. */
import type { Held } from "../domain/held.ts";
import type { Declined } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Verdict } from "../domain/verdict.ts";
import { subject } from "./commit-message.ts";
import { struckOf } from "./decisions.ts";
import { declinedLines } from "./declined-lines.ts";
import { count, shortId } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { plain } from "./plain.ts";
import * as section from "./sections.ts";
import { commitHeading, ending, take, type RunFacts } from "./summary.ts";

/** Evidence is of no account here. */
export type HeldFacts = Omit<Held, "evidence">;

const MAX_REASONS = 20;

/** `2  Fix no-var in src/a.js: …` */
export function heldLines(held: readonly HeldFacts[], bound: section.Bound, paint: Paint): string[] {
  const lines = held.map(({ number, proposal, fate, commit = "" }) => {
    const told = fate === "waiting" ? "" : fate === "landed" ? `  landed as ${shortId(commit)}` : "  rejected";
    return `  ${number}  ${subject(proposal)}${paint("dim", told)}`;
  });
  return lines.length === 0 ? [] : [paint("yellow", `Held for a person: ${count(held.length, "proposal")}`), ...section.bounded(lines, bound)];
}

export interface AcceptFacts extends RunFacts {
  readonly verdicts: readonly Verdict[];
  readonly declined: readonly Declined[];
  readonly landed: readonly Proposal[];
  readonly already: readonly HeldFacts[];
}

export function acceptSummary(facts: AcceptFacts, paint: Paint): string {
  const { verdicts, landed, declined, already, run } = facts;
  const bound = { max: MAX_REASONS, rest: `stet report ${run}` };
  return section.joined(
    commitHeading(facts, paint) ?? ["Nothing landed."],
    acceptedBefore(already),
    section.struckLines(struckOf(verdicts, new Set(landed.map(({ id }) => id))), bound, paint),
    declinedLines(declined, bound, paint),
    ending(facts, paint),
    take(facts, paint),
  );
}

/** Of what was asked for and had landed already. */
export function acceptedBefore(already: readonly HeldFacts[]): string[] {
  return already.map(({ number, commit = "", proposal }) => `${number} has landed already, as ${shortId(commit)}: ${subject(proposal)}`);
}

export function rejectSummary({ of, rejected, already }: { readonly of: string; readonly rejected: readonly HeldFacts[]; readonly already: readonly HeldFacts[] }): string {
  return [
    ...(rejected.length > 0 ? [`Rejected ${count(rejected.length, "proposal")} of run ${plain(of)}; stet apply does not try them again.`] : []),
    ...rejected.map(({ number, proposal }) => `  ${number}  ${subject(proposal)}`),
    ...already.map(({ number, proposal }) => `${number} was rejected already: ${subject(proposal)}`),
  ].join("\n");
}
