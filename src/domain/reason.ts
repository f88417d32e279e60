/**
 * Why something was decided, as data: who decided, a code, and what the sentence needs. Sentences are made in
 * `report/`, so a reason can be counted, compared and translated.
 */
export interface Reason {
  /** The gate, check or part of stet that speaks. */
  readonly by: string;
  /** kebab-case, stable across versions: programs match on it. */
  readonly code: string;
  readonly args: Readonly<Record<string, string | number | readonly string[]>>;
}

export function reason(by: string, code: string, args: Reason["args"] = {}): Reason {
  return { by, code, args };
}
