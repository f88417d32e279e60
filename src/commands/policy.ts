/** What gates permit: the defaults, tightened by the repository's configuration, loosened by the command line alone. */
import type { EditLevel, EditPolicy, Policy, Validator } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { ALWAYS_ON } from "../engine/gatekeeping.ts";
import { gates } from "../gates/index.ts";
import { CHECK_DEFINITIONS, NEW_TESTS, TESTS } from "../gates/shared/protected-defaults.ts";
import type { Config } from "./config.ts";

export interface Loosening {
  readonly scope: readonly string[];
  readonly allowPaths: readonly string[];
  readonly allow: readonly string[];
  /** How far a model's edits may go; what the command lets them where absent. */
  readonly policy?: EditLevel | undefined;
}

type Limits = Pick<Policy, "maxFiles" | "maxChangedLines" | "maxChangedFraction" | "smallFileLines" | "edits" | "mayAdd">;

/** Capability A5: at most two patches of a file, of six lines each. */
const FREE: EditPolicy = { level: "free", maxPatches: 2, maxPatchLines: 6 };

/** One finding group's repair is small; more than this is not what a reader expects of it. */
export const REPAIR_LIMITS: Limits = { maxFiles: 20, maxChangedLines: 400, maxChangedFraction: 0.5, smallFileLines: 20, edits: FREE };

/** Somebody else's finding is a small thing, too; what a model makes of it is mechanical unless the command line says more. */
export function applyLimits(level: EditLevel = "mechanical"): Limits {
  return { ...REPAIR_LIMITS, edits: { ...FREE, level } };
}

/** A chunk is written by somebody who was asked for it, and may add tests; a part of pull requests holds less of it. */
export const BUILD_LIMITS: Limits = { maxFiles: 50, maxChangedLines: 2_000, maxChangedFraction: 1, smallFileLines: 20, edits: FREE, mayAdd: NEW_TESTS };

/** A tool's change set is judged by the trial, whatever its size. */
export const TRY_LIMITS: Limits = {
  maxFiles: 100_000,
  maxChangedLines: 10_000_000,
  maxChangedFraction: 1,
  smallFileLines: 0,
  edits: FREE,
};

/** Loosest first. */
export const LEVELS: readonly EditLevel[] = ["free", "local", "mechanical"];

/** The tightest of what is said; nobody's word loosens another's. */
function tightest(...levels: readonly (EditLevel | undefined)[]): EditLevel {
  return LEVELS.findLast((level) => levels.includes(level)) ?? "free";
}

export function makePolicy(
  limits: Limits,
  config: Config,
  validators: readonly Validator[],
  { scope, allowPaths, allow, policy }: Loosening,
): Policy {
  const protects = [...CHECK_DEFINITIONS, ...TESTS, ...validators.flatMap((one) => one.protects), ...(config.protect ?? [])];
  return {
    maxFiles: Math.min(limits.maxFiles, config.maxFiles ?? Infinity),
    maxChangedLines: Math.min(limits.maxChangedLines, config.maxChangedLines ?? Infinity),
    maxChangedFraction: Math.min(limits.maxChangedFraction, config.maxChangedFraction ?? Infinity),
    smallFileLines: limits.smallFileLines,
    edits: {
      level: tightest(limits.edits.level, config.policy, policy),
      maxPatches: Math.min(limits.edits.maxPatches, config.maxPatches ?? Infinity),
      maxPatchLines: Math.min(limits.edits.maxPatchLines, config.maxPatchLines ?? Infinity),
    },
    deny: config.deny ?? [],
    scope,
    protects: [...new Set(protects)],
    ...(limits.mayAdd && { mayAdd: limits.mayAdd }),
    allowPaths,
    allow,
  };
}

/** Throws `Problem` (64) for the name of a gate that is not there, or that nobody may switch off. */
export function refuseUnknownGates(allow: readonly string[]): void {
  const known = gates.map((gate) => gate.name).filter((name) => !ALWAYS_ON.has(name));
  const name = allow.find((one) => !known.includes(one));
  if (name === undefined) return;
  throw new Problem(ALWAYS_ON.has(name) ? "gate-always-on" : "unknown-gate", { name, known }, EXIT.usage);
}
