/**
 * Review rows: what one review of one file came to, one JSON object a line. Rows without `findings` (schema version 1)
 * have words and figures; stet's own (2) say for each finding where it is, how sure the reviewer is, and how to settle it.
 * The row's `docs/review-rows.md` is its description. A figure that is none is kept as such: it decides against the row.
 */
import { z } from "zod";
import type { Figure } from "../domain/suggestion.ts";

export const REVIEW_ROW_VERSION = 2;

const figure = z.unknown().optional().transform((value): Figure => figureOf(value));
const words = z.string().nullish().catch(undefined);
const ordinal = z.number().int().min(1).nullish().catch(undefined);

const edit = z.object({ old_string: z.string(), new_string: z.string(), file: words });
/** One way to settle the finding: all of its edits, each of whose `old_string` stands in its file exactly once. */
const patch = z.object({ edits: z.array(edit).min(1), title: words, rationale: words });

export const rowFinding = z.object({
  line: ordinal,
  column: ordinal,
  rule: words,
  message: z.string().min(1),
  confidence: figure,
  patches: z.array(z.unknown()).nullish().catch(undefined),
});
export const rowPatch = patch;

export const reviewRow = z.object({
  file: z.string().min(1),
  reviewed_at: z.unknown().optional().transform(timeOf).pipe(z.number("no date and time")),
  accepted_model: words,
  suggestions_preview: z.unknown().optional(),
  confidences_per_finding: z.array(figure).nullish().catch(undefined),
  confidence_avg: figure,
  confidence_min: figure,
  gradient_tier: z.unknown().optional(),
  gradient_tier_avg: z.unknown().optional(),
  content_hash: words,
  commit: words,
  stage: words,
  findings: z.array(z.unknown()).nullish().catch(undefined),
});

export type ReviewRow = z.infer<typeof reviewRow>;

/** A number as it is; whatever else stands there, as text. */
export function figureOf(value: unknown): Figure {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value === undefined) return "absent";
  return typeof value === "number" ? String(value) : JSON.stringify(value).slice(0, 40);
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Milliseconds since 1970, with fractions: two reviews may be microseconds apart. A time without a zone is UTC, so that
 * rows read the same on every machine. A number is seconds, or milliseconds where seconds would be beyond the year 5000.
 */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return Math.abs(value) < 1e11 ? value * 1000 : value;
  const [, date = "", time = "00:00", fraction = "", zone = "Z"] = (typeof value === "string" ? DATE.exec(value.trim()) : null) ?? [];
  const whole = Date.parse(`${date}T${time}${zone.replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2").toUpperCase()}`);
  return Number.isNaN(whole) ? undefined : whole + Number(`0${fraction}`) * 1000;
}
