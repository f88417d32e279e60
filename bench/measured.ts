/** What a bench has measured, as plain data: `bars.ts` and `results.ts` read nothing else. */
export interface Line {
  /** The scenario's name, as on the command line. */
  readonly scenario: string;
  readonly what: string;
  /** Median over the repeats. */
  readonly seconds: number;
  readonly repeats: number;
  /** Patches offered, or findings at the start. */
  readonly offered?: number;
  /** Patches landed, or findings settled. */
  readonly landed?: number;
  /** Whole-project checks, the baseline among them: the most that any one of the project's checks was run. */
  readonly checks?: number;
  readonly peakBytes?: number;
  /** Findings that the project's own cold check has on what landed and not on the base, and bad patches that landed. */
  readonly worse?: number;
  /** How many rows were really tried, where the rest is reckoned with. */
  readonly sampled?: number;
  readonly note?: string;
}

/** The first line of this scenario and kind. */
export function find(lines: readonly Line[], scenario: string, what: string): Line | undefined {
  return lines.find((line) => line.scenario === scenario && line.what === what);
}
