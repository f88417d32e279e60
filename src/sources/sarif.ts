/** SARIF 2.1.0, from any scanner. What its own file calls suppressed, absent or no defect is left as that. */
import { categoryOf } from "../domain/categories.ts";
import { finding } from "../domain/finding.ts";
import type { Source } from "../domain/plugin.ts";
import type { SourceItem } from "../domain/suggestion.ts";
import { parseLoose } from "../formats/json.ts";
import { readSarif, type SarifItem, type SarifResult } from "../formats/sarif/read.ts";
import { opensWith } from "./shared/heads.ts";
import { Items } from "./shared/items.ts";

const name = "sarif";

export const source: Source = {
  name,
  summary: "A SARIF 2.1.0 log, with the fixes that the scanner offers.",
  recognise(head, fileName) {
    if (!opensWith(head, "{")) return 0;
    if (/"\$schema"\s*:\s*"[^"]*sarif/i.test(head) || (/"runs"\s*:\s*\[/.test(head) && /"(?:version|tool)"\s*:/.test(head))) return 0.95;
    return /\.sarif(?:\.json)?$/i.test(fileName) ? 0.7 : 0;
  },
  async *find(input, { roots }) {
    const items = new Items(name, input.name);
    const read = await input.text();
    const parsed = read.ok ? parseLoose(read.text) : undefined;
    if (!read.ok) yield items.bad(0, read.fault);
    else if (!parsed?.ok) yield items.bad(0, "document-not-json", { detail: parsed?.detail ?? "" });
    else {
      const log = readSarif(parsed.value, { roots });
      if (log) for (const item of log) yield* told(item, items);
      else yield items.bad(0, "document-shape", { format: name });
    }
  },
};

function* told(item: SarifItem, items: Items): Iterable<SourceItem> {
  switch (item.kind) {
    case "result":
      if (item.result.brokenFixes > 0) yield items.bad(item.number, "fixes-broken", { fixes: item.result.brokenFixes });
      yield suggested(item.result, item.number, items);
      break;
    case "broken":
      yield items.bad(item.number, "result-shape", { detail: item.detail });
      break;
    case "outside":
      yield items.bad(item.number, "path-outside", { path: item.detail });
      break;
    case "failed":
      yield items.bad(item.number, "scan-failed", { detail: item.detail });
      break;
    default:
      yield items.idle(item.number, `result-${item.kind}`);
  }
}

function suggested(result: SarifResult, number: number, items: Items): SourceItem {
  const { tool, rule, message, at, unit, offers, related, fingerprint, commit, sha256 } = result;
  const one = finding({ by: tool, rule, category: categoryOf(tool, rule), message, at }, fingerprint);
  const reviewed = { ...(commit !== undefined && { commit }), ...(sha256 !== undefined && { content: `sha256:${sha256}` }) };
  return items.suggestion(number, { finding: one, unit, offers, related }, { reviewed });
}
