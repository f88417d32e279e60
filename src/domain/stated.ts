/**
 * What whoever suggested a change says for it: why it is right, and how sure they are. Kept and shown as their words; it is no
 * evidence, and no verdict rests on it. Pure.
 */
export interface Stated {
  /** Hostile text, at most `MAX_RATIONALE_LENGTH` characters. */
  readonly rationale?: string;
  /** 0 to 100. */
  readonly confidence?: number;
}

/** Of a reason in a sentence: a paragraph, in UTF-16 code units. */
export const MAX_RATIONALE_LENGTH = 2_000;

/** Of several changes that are made together: each reason once, and the least that anybody is sure of. Undefined where nothing is said. */
export function statedTogether(all: readonly Stated[]): Stated | undefined {
  const reasons = [...new Set(all.flatMap(({ rationale = "" }) => (rationale.trim() === "" ? [] : [rationale.trim()])))];
  const figures = all.flatMap(({ confidence }) => (confidence === undefined || Number.isNaN(confidence) ? [] : [confidence]));
  if (reasons.length === 0 && figures.length === 0) return undefined;
  return {
    ...(reasons.length > 0 && { rationale: reasons.join("\n").slice(0, MAX_RATIONALE_LENGTH).toWellFormed() }),
    ...(figures.length > 0 && { confidence: Math.min(...figures) }),
  };
}
