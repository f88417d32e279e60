/**
 * Of all reviews of one file, the latest holds; of two at the same moment, the one that was read last. Whatever has no time
 * passes through. Memory is bounded by the number of files: what a review says waits on the disk (`system/spill.ts`).
 */
import type { SourceItem, Suggestion } from "../../domain/suggestion.ts";
import { Spill, type Spilled } from "../../system/spill.ts";

/** For each file, in a number each, since there may be a million: when, and where on the disk what was said then stands. */
class Index {
  readonly #slots = new Map<string, number>();
  readonly #times: number[] = [];
  readonly #places: number[] = [];
  readonly #lengths: number[] = [];

  timeOf(file: string): number | undefined {
    return this.#times[this.#slots.get(file) ?? -1];
  }

  set(file: string, time: number, { at, length }: Spilled): void {
    const slot = this.#slots.get(file) ?? this.#slots.size;
    this.#slots.set(file, slot);
    this.#times[slot] = time;
    this.#places[slot] = at;
    this.#lengths[slot] = length;
  }

  /** In the order in which they were written. */
  *records(): Iterable<Spilled> {
    this.#slots.clear();
    const order = Uint32Array.from(this.#places.keys()).sort((one, other) => (this.#places[one] ?? 0) - (this.#places[other] ?? 0));
    for (const slot of order) yield { at: this.#places[slot] ?? 0, length: this.#lengths[slot] ?? 0 };
  }
}

/** What passes through, as it comes; then the reviews that hold, in the order in which they were read. */
export async function* latestOnly(items: AsyncIterable<SourceItem>, onSuperseded: () => unknown): AsyncIterable<SourceItem> {
  await using spill = new Spill();
  const latest = new Index();
  for await (const item of items) {
    const at = item.kind === "suggestion" ? item.suggestion.reviewed?.at : undefined;
    if (item.kind !== "suggestion" || at === undefined) {
      yield item;
      continue;
    }
    const held = latest.timeOf(item.suggestion.file);
    if (held !== undefined) onSuperseded();
    if (held !== undefined && held > at) continue;
    latest.set(item.suggestion.file, at, await spill.add(JSON.stringify(item.suggestion)));
  }
  for await (const record of spill.read(latest.records())) yield { kind: "suggestion", suggestion: asSuggestion(JSON.parse(record)) };
}

/** It was written a moment ago, by this process, in a folder that is its own. */
function asSuggestion(value: unknown): Suggestion {
  return value as Suggestion;
}
