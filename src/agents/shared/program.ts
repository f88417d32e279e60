/** A vendor's program as it may be started in a sandbox: where it stands, what it needs to see, and which keys it gets. */
import { EXIT, Problem } from "../../domain/problem.ts";
import { installationOf } from "../../system/sandbox/installed.ts";
import type { EngineDefinition, Means } from "./kind.ts";

export interface Program {
  readonly argv: readonly string[];
  readonly readOnlyPaths: readonly string[];
}

/** Throws `Problem` (78) where the first word is no program here. */
export function programFor({ name }: EngineDefinition, argv: readonly string[], { locate }: Means): Program {
  const [word = "", ...rest] = argv;
  const path = locate(word);
  if (path === undefined) throw new Problem("engine-missing", { name, program: word }, EXIT.config);
  return { argv: [path, ...rest], readOnlyPaths: installationOf(path) };
}

/** Of the named variables, those that are set. */
export function keysFrom(environment: Means["environment"], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])));
}
