/** What the two ways to write reviewdog's diagnostics down have in common. */
import { categoryOf } from "../../domain/categories.ts";
import { finding } from "../../domain/finding.ts";
import type { SourceItem } from "../../domain/suggestion.ts";
import type { DiagnosticItem } from "../../formats/rdjson.ts";
import type { Items } from "./items.ts";

export function* toldDiagnostic(item: DiagnosticItem, number: number, items: Items): Iterable<SourceItem> {
  if (item.kind === "broken") yield items.bad(number, "result-shape", { detail: item.detail });
  if (item.kind === "outside") yield items.bad(number, "path-outside", { path: item.detail });
  if (item.kind !== "result") return;
  const { tool, rule, message, at, unit, offers, brokenFixes } = item.result;
  if (brokenFixes > 0) yield items.bad(number, "fixes-broken", { fixes: brokenFixes });
  yield items.suggestion(number, { finding: finding({ by: tool, rule, category: categoryOf(tool, rule), message, at }), unit, offers });
}
