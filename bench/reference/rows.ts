/** Review rows as the reference design reads them, JSONL with one row for a file, each with its patch; and its gate. */
import { z } from "zod";
import type { Change } from "../workspace/change.ts";

const rowShape = z.object({
  file: z.string(),
  reviewed_at: z.string(),
  gradient_tier: z.string(),
  confidence_avg: z.number(),
  confidence_min: z.number(),
  patch: z.object({ old_string: z.string(), new_string: z.string() }),
});

export type Row = z.infer<typeof rowShape>;

const CLOSED_TIERS: readonly string[] = ["block", "simulation"];
const MIN_AVERAGE = 90;
const MIN_LOWEST = 70;

/** Rows for these changes, each below an older row for the same file that must not count. Both designs read them. */
export function rowsFor(changes: readonly Change[]): string {
  const lines = changes.flatMap(({ file, before, after }, index) => {
    const grade = { gradient_tier: "auto", confidence_avg: 90 + (index % 10), confidence_min: 75 };
    const row = (day: string, patch: Row["patch"]): object => {
      const finding = { rule: "review", message: `change of ${file}`, line: 1, confidence: grade.confidence_avg, patches: [{ edits: [patch] }] };
      return { schema_version: 2, file, reviewed_at: `2026-01-${day}T00:00:00Z`, ...grade, patch, findings: [finding] };
    };
    return [row("01", { old_string: "stale", new_string: "" }), row("02", { old_string: before, new_string: after })];
  });
  return lines.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** The latest row of each file (a tie: the last line), lines that are none skipped, highest confidence first. */
export function latestRows(jsonl: string): Row[] {
  const byFile = new Map<string, Row>();
  for (const line of jsonl.split("\n").filter((text) => text.trim() !== "")) {
    const row = parse(line);
    const known = row && byFile.get(row.file);
    if (row && (!known || row.reviewed_at >= known.reviewed_at)) byFile.set(row.file, row);
  }
  return [...byFile.values()].sort((one, other) => other.confidence_avg - one.confidence_avg);
}

function parse(line: string): Row | undefined {
  try {
    return rowShape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

export function passesGate({ gradient_tier, confidence_avg, confidence_min }: Row): boolean {
  return !CLOSED_TIERS.includes(gradient_tier) && confidence_avg >= MIN_AVERAGE && confidence_min >= MIN_LOWEST;
}
