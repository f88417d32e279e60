/**
 * Of all reviews of one file, the latest holds; of two at the same moment, the one that was read last. Whatever has no time
 * passes through. Memory is bounded by the number of files: what a review says waits on the disk (`system/spill.ts`).
 */
import type { SourceItem, Suggestion } from "../../domain/suggestion.ts";
import { Spill, type Spilled } from "../../system/spill.ts";

interface Held {
  readonly at: number;
  readonly record: Spilled;
}

/** What passes through, as it comes; then the reviews that hold, in the order in which they were read. */
export async function* latestOnly(items: AsyncIterable<SourceItem>, onSuperseded: () => void): AsyncIterable<SourceItem> {
  await using spill = new Spill();
  const latest = new Map<string, Held>();
  for await (const item of items) {
    const at = item.kind === "suggestion" ? item.suggestion.reviewed?.at : undefined;
    if (item.kind !== "suggestion" || at === undefined) {
      yield item;
      continue;
    }
    const held = latest.get(item.suggestion.file);
    if (held) onSuperseded();
    if (held && held.at > at) continue;
    latest.set(item.suggestion.file, { at, record: await spill.add(JSON.stringify(item.suggestion)) });
  }
  const records = [...latest.values()].map(({ record }) => record);
  latest.clear();
  for await (const record of spill.read(records)) yield { kind: "suggestion", suggestion: asSuggestion(JSON.parse(record)) };
}

/** It was written a moment ago, by this process, in a folder that is its own. */
function asSuggestion(value: unknown): Suggestion {
  return value as Suggestion;
}
