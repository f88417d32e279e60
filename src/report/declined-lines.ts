/** What was not tried, or asked about in vain, grouped by why: the most frequent first, with one example each. */
import type { Declined } from "../domain/plugin.ts";
import { count } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";
import * as section from "./sections.ts";
import { sentence } from "./sentences.ts";

export function declinedLines(declined: readonly Declined[], bound: section.Bound, paint: Paint): string[] {
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
