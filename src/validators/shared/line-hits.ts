/** How often each line of a file ran, for the readers of coverage reports. Never knows a report's format. */
import type { Covered } from "../../domain/coverage.ts";

/** What each file of the repository has covered. */
export type Found = ReadonlyMap<string, Covered>;

/** A report's path as the repository's own. */
export type ToFile = (path: string) => string;

/** The hits of each line, by its number. A line that is listed twice ran as often as the larger says. */
export class LineHits {
  readonly #byFile = new Map<string, Map<number, number>>();
  readonly #toFile: ToFile;

  constructor(toFile: ToFile) {
    this.#toFile = toFile;
  }

  /** What is no number is no line. */
  add(path: string, line: number, count: number): void {
    if (!Number.isFinite(line + count)) return;
    const file = this.#toFile(path);
    const hits = this.#byFile.get(file) ?? new Map<number, number>();
    this.#byFile.set(file, hits);
    hits.set(line, Math.max(hits.get(line) ?? 0, count));
  }

  found(): Map<string, Covered> {
    return new Map([...this.#byFile].map(([file, hits]) => [file, { lines: hits.size, covered: [...hits.values()].filter((count) => count > 0).length }]));
  }
}
