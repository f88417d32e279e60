/**
 * What has become of each finding that was read, in one word with its reason: landed with its commit, held, refused, or not tried.
 * Two findings that are the same defect have one fate.
 */
import type { Finding } from "../domain/finding.ts";
import { findingsIn, type Reading } from "../domain/reading.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Run } from "../engine/run.ts";
import type { Status, Told } from "../formats/written/told.ts";
import { sentence } from "../report/sentences.ts";
import { identityOf } from "./apply-passes.ts";
import type { Sifted } from "./sift.ts";

export interface FatesOptions {
  readonly run: Pick<Run, "landed" | "held" | "verdicts" | "declined" | "commits" | "options">;
  readonly sifted: readonly Sifted[];
  readonly readings: readonly Reading[];
  /** What earlier runs of the same work landed, and the commit of each. */
  readonly earlier: readonly Proposal[];
  readonly commits: ReadonlyMap<string, string>;
}

/** First those that came through to a trial, in their order, then the rest. */
export function fatesOf(options: FatesOptions): Told[] {
  const { sifted, run, readings } = options;
  const statuses = statusesOf(options);
  // A finding that a check sees as well was tried as the check's own.
  const own = new Map(findingsIn(readings).map((finding) => [identityOf(finding), finding.key]));
  const tried = sifted.map(({ finding }): Told => {
    const status = statuses.get(finding.key) ?? statuses.get(own.get(identityOf(finding)) ?? "");
    return { finding, fixes: finding.fixes ?? [], status: status ?? { kind: "not-tried", why: "" } };
  });
  const known = new Set(tried.map(({ finding }) => finding.key));
  const others = new Map(run.declined.flatMap(({ findings }) => findings).map((finding) => [`${finding.key} ${finding.at?.line ?? 0}`, finding]));
  const rest = [...others.values()].filter(({ key }) => !known.has(key) && ![...own.values()].includes(key));
  return [...tried, ...rest.map((finding): Told => ({ finding, fixes: [], status: statuses.get(finding.key) ?? { kind: "not-tried", why: "" } }))];
}

/** By the finding's key; what weighs most is put in last. */
function statusesOf({ run, earlier, commits }: FatesOptions): Map<string, Status> {
  const statuses = new Map<string, Status>();
  const put = (findings: readonly Pick<Finding, "key">[], status: Status): void => findings.forEach(({ key }) => statuses.set(key, status));
  for (const { findings, reason } of run.declined) put(findings, { kind: UNTRIED.has(reason.code) || reason.by !== "eligibility" ? "not-tried" : "refused", why: sentence(reason) });
  for (const { proposal, kind, reasons } of run.verdicts) {
    const [first] = reasons;
    put(proposal.findings, { kind: "refused", why: first ? `${kind}: ${sentence(first)}` : kind });
  }
  for (const { proposal } of run.held) put(proposal.findings, { kind: "held", why: "" });
  const all = new Map([...commits, ...run.commits.map(({ proposal, commit }): [string, string] => [proposal, commit])]);
  for (const { id, findings } of [...earlier, ...run.landed]) {
    const commit = all.get(id);
    put(findings, commit === undefined ? { kind: "would-land", why: "" } : { kind: "landed", why: "", commit });
  }
  return statuses;
}

/** Nobody looked closer. */
const UNTRIED: ReadonlySet<string> = new Set(["not-tried", "no-fix-offered"]);
