/**
 * Whether a suggestion is worth a trial, before anything is asked or run: the cheap doubts, in a fixed order, each with its
 * reason. What a source says about itself can only speak against it. Pure; what stands in the repository is handed over.
 */
import { reason, type Reason } from "./reason.ts";
import type { Figure, Suggestion, Trust } from "./suggestion.ts";

/** What stands at a suggestion's file in the base, and whether it is what was looked at. */
export interface Standing {
  readonly kind: "text" | "binary" | "symlink" | "through-symlink" | "submodule" | "folder" | "ignored" | "untracked" | "missing";
  /** Absent where the suggestion says nothing of what it looked at. `unknown-commit`: this repository does not have it. */
  readonly reviewed?: "same" | "changed" | "unknown-commit";
}

export interface EligibilityLimits {
  /** Tiers that never pass. */
  readonly blockedTiers: readonly string[];
  /** Tiers of what waits for a person anyhow: their figures must be figures, and may be low. */
  readonly heldTiers?: readonly string[];
  /** 0 to 100; equal passes. */
  readonly minAverage: number;
  readonly minMinimum: number;
}

/** The figures of the design that stet's review applier comes from (capability A2). */
export const ELIGIBILITY: EligibilityLimits = { blockedTiers: ["block", "simulation"], minAverage: 90, minMinimum: 70 };

const BY = "eligibility";

/**
 * The first thing that speaks against it; undefined where nothing does. `deny` says why a path may not be touched. A source
 * that states no confidence at all (SARIF, rdjson, a comment) is not held to any: its fix is tried like a tool's.
 */
export function ineligibility(
  { file, reviewed, trust }: Suggestion,
  standing: Standing,
  limits: EligibilityLimits,
  deny: (file: string) => Reason | undefined,
): Reason | undefined {
  return standingReason(file, standing) ?? staleReason(file, standing, reviewed) ?? (trust && trustReason(trust, limits)) ?? deny(file);
}

const STANDING_CODES = {
  binary: "file-not-text",
  symlink: "file-symlink",
  "through-symlink": "file-symlink",
  submodule: "file-submodule",
  folder: "file-folder",
  ignored: "file-ignored",
  untracked: "file-untracked",
  missing: "file-missing",
} as const;

function standingReason(file: string, { kind }: Standing): Reason | undefined {
  return kind === "text" ? undefined : reason(BY, STANDING_CODES[kind], { file });
}

function staleReason(file: string, standing: Standing, reviewed: Suggestion["reviewed"]): Reason | undefined {
  if (standing.reviewed === "changed") return reason(BY, "stale", { file });
  if (standing.reviewed === "unknown-commit") return reason(BY, "commit-unknown", { file, commit: reviewed?.commit ?? "" });
  return undefined;
}

function trustReason({ tiers, average, minimum }: Trust, limits: EligibilityLimits): Reason | undefined {
  const blocked = tiers.find((tier) => limits.blockedTiers.includes(tier));
  if (blocked !== undefined) return reason(BY, "tier-blocked", { tier: blocked });
  if (tiers.length === 0) return reason(BY, "tier-absent");
  const { minAverage, minMinimum } = tiers.some((tier) => limits.heldTiers?.includes(tier)) ? { minAverage: 0, minMinimum: 0 } : limits;
  return figureReason("confidence_avg", average, minAverage) ?? figureReason("confidence_min", minimum, minMinimum);
}

/** Nothing but a number from 0 to 100 passes. */
function figureReason(field: string, figure: Figure, min: number): Reason | undefined {
  if (typeof figure !== "number" || !(figure >= 0 && figure <= 100)) return reason(BY, "confidence-unusable", { field, value: String(figure) });
  return figure >= min ? undefined : reason(BY, "confidence-low", { field, value: figure, min });
}
