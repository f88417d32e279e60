/** What `stet apply` says at its end: what was read, what landed, what waits, and why the rest did neither. */
import type { Declined } from "../domain/plugin.ts";
import type { Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import { commitHeading, ending, take, type RepairFacts } from "./summary.ts";
import { subject } from "./commit-message.ts";
import { struckOf } from "./decisions.ts";
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
  const { verdicts, landed, after, run } = facts;
  const bound = (max: number): section.Bound => ({ max, rest: `stet report ${run}` });
  const struck = struckOf(verdicts, new Set(landed.map(({ id }) => id)), after);
  return section.joined(
    readLines(facts),
    commitHeading(facts, paint) ?? ["Nothing landed."],
    publicationLines(facts, paint),
    heldLines(facts, bound(MAX_LISTED), paint),
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

function heldLines({ held }: ApplyFacts, bound: section.Bound, paint: Paint): string[] {
  if (held.length === 0) return [];
  const lines = held.map(({ proposal }, index) => `  ${index + 1}  ${subject(proposal)}`);
  return [paint("yellow", `Held for a person: ${count(held.length, "proposal")}`), ...section.bounded(lines, bound)];
}

function publicationLines({ publication }: ApplyFacts, paint: Paint): string[] {
  if (!publication) return [];
  const { remote, ref, commit, url, reason } = publication;
  const pushed = commit === null ? [] : [`Pushed ${oneLine(shortRef(ref), 120)} to ${oneLine(remote, 60)}${url === undefined ? "" : `: ${oneLine(url, 200)}`}`];
  return [...pushed, ...(reason ? [paint("yellow", sentence(reason))] : [])];
}

/** Grouped by the reason's code, the most frequent first, with one example each. */
function declinedLines(declined: readonly Declined[], bound: section.Bound, paint: Paint): string[] {
  if (declined.length === 0) return [];
  const groups = [...Map.groupBy(declined, ({ reason: { code } }) => code).values()].sort((one, other) => other.length - one.length);
  const lines = groups.flatMap(([first, ...more]) => {
    if (!first) return [];
    const at = first.findings[0]?.at;
    const example = at ? paint("dim", `    ${more.length > 0 ? "e.g. " : ""}${oneLine(at.file, 120)}:${at.line}`) : "";
    return [`  ${1 + more.length} ×  ${sentence(first.reason)}`, ...(example === "" ? [] : [example])];
  });
  return [paint("bold", `Not tried: ${count(declined.length, "suggestion")}`), ...section.bounded(lines, { ...bound, max: 2 * bound.max })];
}
