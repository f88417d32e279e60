/** Several sources may say the same: one finding then, with all that they offer for it. Pure. */
import type { Advice, Offer, Origin, Suggestion } from "./suggestion.ts";

/** One finding, whoever said it. */
export interface United {
  readonly advice: Advice;
  /** Everyone who said it, the first one first. */
  readonly origins: readonly Origin[];
  /** The suggestion that said it first, for what it knows besides. */
  readonly suggestion: Suggestion;
}

/** The same place, rule and message is the same finding, by whatever tool's name; offers that are equal stand once. */
export function unite(suggestions: readonly Suggestion[]): readonly United[] {
  const united = new Map<string, United>();
  for (const suggestion of suggestions) {
    for (const advice of suggestion.advice) {
      const key = identityOf(advice);
      const known = united.get(key);
      united.set(key, known ? joined(known, advice, suggestion) : { advice, origins: [suggestion.origin], suggestion });
    }
  }
  return [...united.values()];
}

function identityOf({ finding: { at, rule, message } }: Advice): string {
  return JSON.stringify([at?.file, at?.line, at?.column, rule, message.replace(/\s+/g, " ").trim()]);
}

function joined({ advice, origins, suggestion }: United, more: Advice, from: Suggestion): United {
  const offers = new Map([...advice.offers, ...more.offers].map((offer) => [JSON.stringify(offer.changes), offer]));
  const sure = Math.max(advice.finding.confidence ?? -1, more.finding.confidence ?? -1);
  const finding = sure < 0 ? advice.finding : { ...advice.finding, confidence: sure };
  return { advice: { ...advice, finding, offers: [...offers.values()] satisfies Offer[] }, origins: [...origins, from.origin], suggestion };
}
