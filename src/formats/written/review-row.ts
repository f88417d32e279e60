/** A review row as stet writes it (`docs/review-rows.md`): what one review of one file came to, for `apply` to read. Pure. */
import { REVIEW_ROW_VERSION } from "../review-row.ts";

export interface WrittenFinding {
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
  readonly confidence: number;
  readonly source: "stated" | "earned";
  readonly outcomes?: number;
  readonly rationale?: string;
  readonly edits: readonly { readonly old_string: string; readonly new_string: string }[];
}

export interface WrittenReview {
  readonly file: string;
  readonly atMs: number;
  readonly model: string;
  /** The blob's id. */
  readonly content: string;
  readonly commit: string;
  /** Absent where nothing was found. */
  readonly trust?: { readonly average: number; readonly minimum: number; readonly tier: string };
  readonly findings: readonly WrittenFinding[];
}

export function reviewRowOf({ file, atMs, model, content, commit, trust, findings }: WrittenReview): Record<string, unknown> {
  return {
    schema_version: REVIEW_ROW_VERSION,
    file,
    reviewed_at: new Date(atMs).toISOString(),
    accepted_model: model,
    verdict: findings.length > 0 ? "findings" : "clean",
    critical_failures_count: 0,
    suggestions_preview: findings.map(({ message }) => message),
    confidences_per_finding: findings.map(({ confidence }) => confidence),
    ...(trust && { confidence_avg: trust.average, confidence_min: trust.minimum, gradient_tier: trust.tier, gradient_tier_avg: trust.tier }),
    content_hash: content,
    commit,
    ...(trust?.tier === "dry_run" && { stage: "dry_run" }),
    findings: findings.map(rowFindingOf),
  };
}

function rowFindingOf({ line, column, rule, message, confidence, source, outcomes, rationale, edits }: WrittenFinding): Record<string, unknown> {
  return {
    line,
    column,
    rule,
    message,
    confidence,
    confidence_source: source,
    ...(outcomes !== undefined && { confidence_outcomes: outcomes }),
    patches: edits.length === 0 ? [] : [{ edits, ...(rationale !== undefined && { rationale }) }],
  };
}
