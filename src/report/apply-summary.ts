/** What `stet apply` says at its end: what was read, what landed, what waits, and why the rest did neither. */
import type { Declined } from "../domain/plugin.ts";
import type { Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { commitHeading, ending, take, type RepairFacts } from "./summary.ts";
import { struckOf } from "./decisions.ts";
import { declinedLines } from "./declined-lines.ts";
import { heldLines } from "./held.ts";
import { count, shortRef } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";
import * as section from "./sections.ts";
import { sentence } from "./sentences.ts";

export interface ApplyFacts extends Omit<RepairFacts, "before" | "readings"> {
  readonly counts: { readonly read: number; readonly superseded: number; readonly ineligible: number; readonly notTried: number; readonly bad: number };
  readonly declined: readonly Declined[];
  readonly held: readonly Verdict[];
  readonly publication?: { readonly remote: string; readonly ref: string; readonly commit: string | null; readonly url?: string; readonly reason?: Reason };
}

const MAX_LISTED = 20;
const MAX_REASONS = 8;

export function applySummary(facts: ApplyFacts, paint: Paint): string {
  const { verdicts, landed, after, held, run } = facts;
  const bound = (max: number): section.Bound => ({ max, rest: `stet report ${run}` });
  const struck = struckOf(verdicts, new Set(landed.map(({ id }) => id)), after);
  return section.joined(
    readLines(facts),
    commitHeading(facts, paint) ?? ["Nothing landed."],
    publicationLines(facts, paint),
    heldLines(held.map(({ proposal }, index) => ({ number: index + 1, proposal, fate: "waiting" })), bound(MAX_LISTED), paint),
    held.length > 0 ? [`Land or drop them: stet accept ${run} [n…], stet reject ${run} [n…]`] : [],
    section.struckLines(struck, bound(MAX_REASONS), paint),
    declinedLines(facts.declined, bound(MAX_REASONS), paint),
    ending(facts, paint),
    take(facts, paint),
  );
}

function readLines({ counts: { read, superseded, ineligible, notTried, bad } }: ApplyFacts): string[] {
  const parts = [
    ...(superseded > 0 ? [`${superseded} superseded by a later review`] : []),
    ...(ineligible > 0 ? [`${ineligible} not eligible`] : []),
    ...(notTried > 0 ? [`${notTried} beyond the cap on files`] : []),
    ...(bad > 0 ? [`${count(bad, "part")} unreadable`] : []),
  ];
  return [`Read ${count(read, "suggestion")}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}.`];
}

function publicationLines({ publication }: ApplyFacts, paint: Paint): string[] {
  if (!publication) return [];
  const { remote, ref, commit, url, reason } = publication;
  const pushed = commit === null ? [] : [`Pushed ${oneLine(shortRef(ref), 120)} to ${oneLine(remote, 60)}${url === undefined ? "" : `: ${oneLine(url, 200)}`}`];
  return [...pushed, ...(reason ? [paint("yellow", sentence(reason))] : [])];
}
