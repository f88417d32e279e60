/**
 * Review rows: JSON, one review of one file a line. A row without concrete patches has words for the ladder to work from;
 * one with patches is a proposal at once. Which of a file's rows holds is settled over all inputs (`shared/read.ts`).
 */
import { finding } from "../domain/finding.ts";
import { pathBelow } from "../domain/paths.ts";
import type { Source } from "../domain/plugin.ts";
import { MAX_RATIONALE_LENGTH } from "../domain/stated.ts";
import type { Advice, Change, Offer, Reviewed, SourceItem } from "../domain/suggestion.ts";
import { reviewRow, rowFinding, rowPatch, type ReviewRow } from "../formats/review-row.ts";
import { objectsIn, opensWith } from "./shared/heads.ts";
import { Items } from "./shared/items.ts";
import { readRows } from "./shared/rows.ts";

const name = "review-rows";
/** One of these beside `file` makes an object a row. */
const TELLING = ["reviewed_at", "suggestions_preview", "confidence_avg", "gradient_tier"];
const MAX_MESSAGE_LENGTH = 4_000;

export const source: Source = {
  name,
  summary: "Reviews of files, a JSON object a line, with confidence and tier; the latest row of a file holds.",
  recognise(head) {
    if (objectsIn(head).some((row) => "file" in row && TELLING.some((key) => key in row))) return 0.9;
    // The first row may be longer than what is seen of it.
    return opensWith(head, "{") && /"file"\s*:/.test(head) && TELLING.some((key) => head.includes(`"${key}"`)) ? 0.5 : 0;
  },
  find(input, { roots }) {
    const items = new Items(name, input.name);
    return readRows(input, items, (value, number) => readRow(value, number, items, roots));
  },
};

function* readRow(value: unknown, number: number, items: Items, roots: readonly string[]): Iterable<SourceItem> {
  const parsed = reviewRow.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    yield items.bad(number, "row-shape", { field: issue?.path.join(".") ?? "", detail: issue?.message ?? "" });
    return;
  }
  const row = parsed.data;
  const file = pathBelow(row.file, roots);
  if (file === undefined) {
    yield items.bad(number, "path-outside", { path: row.file });
    return;
  }
  const advice = row.findings ? adviceOf(row.findings, file, row, roots) : previewOf(row, file);
  const wrong = (row.findings?.length ?? advice.length) - advice.length;
  if (wrong > 0) yield items.bad(number, "findings-broken", { findings: wrong });
  yield items.whole(number, file, advice, {
    trust: { average: row.confidence_avg, minimum: row.confidence_min, tiers: [row.gradient_tier, row.gradient_tier_avg].flatMap(tierOf) },
    reviewed: reviewedOf(row),
    ...(row.stage && { stage: row.stage }),
  });
}

function tierOf(tier: unknown): string[] {
  return typeof tier === "string" && tier.trim() !== "" ? [tier.trim().toLowerCase()] : [];
}

function reviewedOf({ reviewed_at: at, accepted_model: by, commit, content_hash: content }: ReviewRow): Reviewed {
  return { at, ...(by && { by }), ...(commit && { commit }), ...(content && { content }) };
}

function adviceOf(findings: readonly unknown[], file: string, row: ReviewRow, roots: readonly string[]): Advice[] {
  return findings.flatMap((value) => {
    const parsed = rowFinding.safeParse(value);
    if (!parsed.success) return [];
    const { message, rule, line, column, confidence, patches } = parsed.data;
    const at = { file, line: line ?? 1, column: column ?? 1 };
    const offers = (patches ?? []).flatMap((patch) => offerOf(patch, file, message, roots));
    return [{ finding: found(message, rule ?? "review", at, confidence, row), unit: "utf-16", offers }];
  });
}

/** Some writers give one text, others a list with a confidence each. */
function previewOf(row: ReviewRow, file: string): Advice[] {
  const preview = row.suggestions_preview;
  const texts = (Array.isArray(preview) ? preview : [preview]).filter((text) => typeof text === "string" && text.trim() !== "");
  return texts.map((text, index) => {
    const confidence = row.confidences_per_finding?.[index];
    return { finding: found(String(text), "review", { file, line: 1, column: 1 }, confidence, row), unit: "utf-16", offers: [] };
  });
}

function found(message: string, rule: string, at: NonNullable<Advice["finding"]["at"]>, confidence: unknown, row: ReviewRow): Advice["finding"] {
  const by = row.accepted_model ?? "review";
  const sure = typeof confidence === "number" ? { confidence } : {};
  return finding({ by, rule, category: "other", message: message.slice(0, MAX_MESSAGE_LENGTH), at, ...sure });
}

/** All of a patch, or none of it. */
function offerOf(value: unknown, file: string, message: string, roots: readonly string[]): Offer[] {
  const parsed = rowPatch.safeParse(value);
  if (!parsed.success) return [];
  const { edits, title, rationale } = parsed.data;
  const changes = edits.flatMap((edit): Change[] => {
    const path = pathBelow(edit.file ?? file, roots);
    return path === undefined ? [] : [{ file: path, span: { kind: "quote", text: edit.old_string }, after: edit.new_string }];
  });
  return changes.length < edits.length ? [] : [{ title: title ?? message, safety: "unsafe", changes, ...(rationale && { rationale: rationale.slice(0, MAX_RATIONALE_LENGTH) }) }];
}
