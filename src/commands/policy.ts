/** What gates permit: the defaults, tightened by the repository's configuration, loosened by the command line alone. */
import type { Policy, Validator } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { ALWAYS_ON } from "../engine/gatekeeping.ts";
import { gates } from "../gates/index.ts";
import { CHECK_DEFINITIONS, TESTS } from "../gates/shared/protected-defaults.ts";
import type { Config } from "./config.ts";

export interface Loosening {
  readonly scope: readonly string[];
  readonly allowPaths: readonly string[];
  readonly allow: readonly string[];
}

type Limits = Pick<Policy, "maxFiles" | "maxChangedLines" | "maxChangedFraction" | "smallFileLines">;

/** One finding group's repair is small; more than this is not what a reader expects of it. */
export const REPAIR_LIMITS: Limits = { maxFiles: 20, maxChangedLines: 400, maxChangedFraction: 0.5, smallFileLines: 20 };

/** Somebody else's finding is a small thing, too; the cap on files is the run's. */
export const APPLY_LIMITS: Limits = REPAIR_LIMITS;

/** A tool's change set is judged by the trial, whatever its size. */
export const TRY_LIMITS: Limits = {
  maxFiles: 100_000,
  maxChangedLines: 10_000_000,
  maxChangedFraction: 1,
  smallFileLines: 0,
};

export function makePolicy(
  limits: Limits,
  config: Config,
  validators: readonly Validator[],
  { scope, allowPaths, allow }: Loosening,
): Policy {
  const protects = [...CHECK_DEFINITIONS, ...TESTS, ...validators.flatMap((one) => one.protects), ...(config.protect ?? [])];
  return {
    maxFiles: Math.min(limits.maxFiles, config.maxFiles ?? Infinity),
    maxChangedLines: Math.min(limits.maxChangedLines, config.maxChangedLines ?? Infinity),
    maxChangedFraction: Math.min(limits.maxChangedFraction, config.maxChangedFraction ?? Infinity),
    smallFileLines: limits.smallFileLines,
    deny: config.deny ?? [],
    scope,
    protects: [...new Set(protects)],
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
