/**
 * Which engines a run may use, in the order in which they stand in for one another: those that the command line names; or
 * the configuration's, where a person says that they count; or the built-in one alone where a model is named; or what is
 * installed and has a key.
 */
import { z } from "zod";
import { engines as kinds } from "../agents/index.ts";
import type { EngineDefinition, EngineKind, Means } from "../agents/shared/kind.ts";
import type { Engine } from "../domain/engine.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { ModelClient } from "../llm/client.ts";
import { locateProgram } from "../system/sandbox/installed.ts";
import { definitionsOf, type EnginesConfig } from "./engines-config.ts";

/** Says for all of a user's runs what `--configured-engines` says for one. */
export const CONSENT_VARIABLE = "STET_CONFIGURED_ENGINES";

export interface EnginesOptions {
  /** Names from the command line, first the one that works. */
  readonly named: readonly string[];
  readonly config: EnginesConfig;
  /** Whether the configuration's list counts. */
  readonly asksConfigured: boolean;
  readonly means: Means;
  readonly notice: (reason: Reason) => void;
}

/** Opens them. Throws `Problem` where one is named that there is not (64), cannot be had (78), or none is left (69). */
export function openEngines(options: EnginesOptions): Engine[] {
  const { named, means, notice } = options;
  const engines = chooseEngines(options).flatMap((definition) => {
    try {
      return [kindOf(definition).open(definition, means)];
    } catch (error) {
      // Whoever names one on the command line wants that one; of a list, those count that are here.
      if (named.length > 0 || !(error instanceof Problem)) throw error;
      notice(reason("engine", error.code, error.args));
      return [];
    }
  });
  if (engines.length === 0) throw new Problem("no-engines", {}, EXIT.noProvider);
  return engines;
}

export function chooseEngines({ named, config, asksConfigured, means, notice }: EnginesOptions): readonly EngineDefinition[] {
  const written = definitionsOf(config);
  const configured = asksConfigured ? written : [];
  const detected = detectEngines(means);
  if (named.length > 0) return named.map((name) => find(name, [...configured, ...detected]));
  if (configured.length > 0) return configured;
  if (written.length > 0) notice(reason("engine", "engines-unasked", { engines: written.map(({ name }) => name) }));
  // Who names a model has said who may be asked, and nobody else is.
  return means.client ? detected.filter(({ use }) => use === "builtin") : detected;
}

/** What can be used here without configuration, in the order of their kinds. */
export function detectEngines(means: Means): EngineDefinition[] {
  return kinds.toSorted((one, other) => one.rank - other.rank).flatMap((kind) => kind.detect(means));
}

/** By its own name; or by its kind's, where that needs nothing else to be said: it may have no key here and need none. */
function find(name: string, known: readonly EngineDefinition[]): EngineDefinition {
  const all = [...known, ...kinds.filter(isWholeByName).map((kind) => ({ name: kind.name, use: kind.name }))];
  const found = all.find((one) => one.name === name);
  if (!found) throw new Problem("unknown-engine", { name, known: [...new Set(all.map((one) => one.name))] }, EXIT.usage);
  return found;
}

function isWholeByName({ options }: EngineKind): boolean {
  return z.object(options).safeParse({}).success;
}

function kindOf({ use }: EngineDefinition): EngineKind {
  const kind = kinds.find(({ name }) => name === use);
  if (!kind) throw new Error(`no such kind of engine: ${use}`);
  return kind;
}

/** What engines may use of this machine. `checkout`: what stands in it is no program of the user's. */
export function meansFor(checkout: string, client: ModelClient | undefined, checks: readonly CheckDefinition[]): Means {
  return { ...(client && { client }), commands: checks.flatMap(commandsOf), environment: process.env, locate: (program) => locateProgram(program, checkout) };
}

/** By kind of check, how its tool is called by hand. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  "node-test": ["node", "--test"],
  tsc: ["npx", "tsc"],
  eslint: ["npx", "eslint"],
  biome: ["npx", "biome"],
  vitest: ["npx", "vitest"],
  jest: ["npx", "jest"],
  ruff: ["ruff"],
  mypy: ["mypy"],
  pytest: ["python3", "-m", "pytest"],
  cargo: ["cargo", "check"],
  "cargo-test": ["cargo", "test"],
  "go-test": ["go", "test"],
  "go-vet": ["go", "vet"],
};

/** What an engine may run: the check's own command. */
function commandsOf({ use, run }: CheckDefinition): readonly (readonly string[])[] {
  const own = Array.isArray(run) ? run.filter((word): word is string => typeof word === "string") : BY_HAND[use];
  return own && own.length > 0 ? [own] : [];
}
