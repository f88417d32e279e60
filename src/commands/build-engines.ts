/**
 * The engines that a build may use. Code goes to whoever is named: a model to the built-in loop alone, an engine by its name;
 * without either, to what is installed and has a key. A repository's own list counts where the user says so.
 */
import { engines as kinds } from "../agents/index.ts";
import type { EngineDefinition, Means } from "../agents/shared/kind.ts";
import type { Engine } from "../domain/engine.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { ModelClient } from "../llm/client.ts";
import { locateProgram } from "../system/sandbox/installed.ts";

export interface EnginesOptions {
  readonly client: ModelClient | undefined;
  readonly checks: readonly CheckDefinition[];
  readonly checkout: string;
  /** In order; empty where nobody named one. */
  readonly names: readonly string[];
  /** The configuration's, where the user lets it. */
  readonly configured: readonly EngineDefinition[] | undefined;
}

/** Throws `Problem` (64 for a name that means nothing, 69 where there is none, 78 where one cannot be had). */
export function openEngines({ client, checks, checkout, names, configured }: EnginesOptions): Engine[] {
  const means: Means = { ...(client && { client }), commands: checks.flatMap(commandsOf), environment: process.env, locate: (program) => locateProgram(program, checkout) };
  const known = configured ?? kinds.flatMap((kind) => kind.detect(means));
  const wanted = names.length > 0 ? names.map((name) => namedIn(known, name)) : configured || !client ? known : known.filter(({ use }) => use === BUILTIN);
  if (wanted.length === 0) throw new Problem("no-engines", {}, EXIT.noProvider);
  return wanted.map((definition) => open(definition, means));
}

const BUILTIN = "builtin";

function namedIn(known: readonly EngineDefinition[], name: string): EngineDefinition {
  const found = known.find((one) => one.name === name);
  if (!found) throw new Problem("unknown-engine", { name, known: known.map((one) => one.name) }, EXIT.usage);
  return found;
}

function open(definition: EngineDefinition, means: Means): Engine {
  const kind = kinds.find(({ name }) => name === definition.use);
  if (!kind) throw new Problem("unknown-engine", { name: definition.use, known: kinds.map(({ name }) => name) }, EXIT.usage);
  return kind.open(definition, means);
}

/** By kind of check, how its tool is called by hand. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  "node-test": ["node", "--test"],
  tsc: ["npx", "tsc"],
  eslint: ["npx", "eslint"],
  vitest: ["npx", "vitest"],
  jest: ["npx", "jest"],
  pytest: ["python3", "-m", "pytest"],
  "cargo-test": ["cargo", "test"],
  "go-test": ["go", "test"],
};

/** What an engine may run: the check's own command. */
function commandsOf({ use, run }: CheckDefinition): readonly (readonly string[])[] {
  const own = Array.isArray(run) ? run.filter((word) => typeof word === "string") : BY_HAND[use];
  return own && own.length > 0 ? [own] : [];
}
