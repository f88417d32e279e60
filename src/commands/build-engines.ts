/** The engines that a build may use: those of this machine that can be had, in their order. */
import { engine as builtin } from "../agents/builtin.ts";
import type { Means } from "../agents/shared/kind.ts";
import type { Engine } from "../domain/engine.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Ladder } from "./ladder.ts";

const KINDS = [builtin];

/** Throws `Problem` (69) where there is none. */
export function openEngines({ client }: Pick<Ladder, "client">, checks: readonly CheckDefinition[]): Engine[] {
  const means: Means = { ...(client && { client }), commands: checks.flatMap(commandsOf), environment: process.env, locate: () => undefined };
  const engines = KINDS.flatMap((kind) => kind.detect(means).map((definition) => kind.open(definition, means)));
  if (engines.length === 0) throw new Problem("no-engines", {}, EXIT.noProvider);
  return engines;
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
