/**
 * How far a review is to be trusted: computed by stet, never taken from the reviewer where this repository knows better. A
 * reviewer's own figure counts until enough of its findings have landed or failed here. Pure.
 */
import type { Earned } from "../domain/proposal.ts";

export const TIERS = ["auto", "dry_run", "simulation", "block"] as const;
export type Tier = (typeof TIERS)[number];

export interface TrustLimits {
  /** What the average must reach for each tier; below the last stands `block`. */
  readonly auto: number;
  readonly dry_run: number;
  readonly simulation: number;
  /** What the least certain finding must reach for `auto`; otherwise it is `dry_run`. */
  readonly minimum: number;
  /** From so many outcomes of a reviewer's findings on, its record stands for its word. */
  readonly minOutcomes: number;
}

export const TRUST_LIMITS: TrustLimits = { auto: 90, dry_run: 75, simulation: 50, minimum: 70, minOutcomes: 10 };

export interface Confidence {
  /** 0 to 100. */
  readonly value: number;
  /** `stated`: the model's own figure. `earned`: what share of its findings of this kind has landed here. */
  readonly source: "stated" | "earned";
  /** Outcomes that it is earned by. */
  readonly outcomes?: number;
}

export function confidenceOf(stated: number, earned: Earned | undefined, { minOutcomes }: Pick<TrustLimits, "minOutcomes">): Confidence {
  if (!earned || earned.n < minOutcomes) return { value: stated, source: "stated" };
  return { value: Math.round(earned.p * 100), source: "earned", outcomes: earned.n };
}

export interface Trust {
  readonly average: number;
  readonly minimum: number;
  readonly tier: Tier;
}

/** Undefined where there is nothing to trust. */
export function trustOf(confidences: readonly number[], limits: TrustLimits): Trust | undefined {
  if (confidences.length === 0) return undefined;
  const average = Math.round((10 * confidences.reduce((sum, one) => sum + one, 0)) / confidences.length) / 10;
  const minimum = Math.min(...confidences);
  return { average, minimum, tier: tierOf(average, minimum, limits) };
}

function tierOf(average: number, minimum: number, limits: TrustLimits): Tier {
  const tier = TIERS.find((one) => one === "block" || average >= limits[one]) ?? "block";
  return tier === "auto" && minimum < limits.minimum ? "dry_run" : tier;
}
