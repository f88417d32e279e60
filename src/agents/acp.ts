/**
 * Any agent that speaks the Agent Client Protocol (ACP): started in the worktree's sandbox, given the task, and answered
 * where it asks. Reads and writes that it leaves to its client stay in the worktree; at the deadline it is asked to stop, and
 * then ended with all that it has started.
 */
import { z } from "zod";
import type { Engine } from "../domain/engine.ts";
import { ALLOWED_KINDS } from "./shared/acp/permissions.ts";
import { KNOWN_AGENTS } from "./shared/acp/known.ts";
import type { EngineDefinition, EngineKind, Means } from "./shared/kind.ts";
import { keysFrom, programFor } from "./shared/program.ts";

const options = {
  run: z.array(z.string()).min(1).describe("The agent's command, e.g. `[\"gemini\", \"--experimental-acp\"]`."),
  env: z.array(z.string()).max(50).optional().describe("Names of environment variables that it gets: its key, its provider's address."),
  network: z.boolean().optional().describe("Whether it may reach the network. Default true, since its model is there."),
  allow: z.array(z.string()).optional().describe(`Kinds of things that it may do when it asks. Default: ${ALLOWED_KINDS.join(", ")}.`),
};

const shape = z.object(options);

export const engine: EngineKind = {
  name: "acp",
  summary: "An agent that speaks the Agent Client Protocol, in the sandbox, with the keys that are named for it.",
  rank: 2,
  options,
  detect: ({ locate, environment }) =>
    KNOWN_AGENTS.filter(({ run: [program = ""], env }) => locate(program) !== undefined && env.some((name) => environment[name] !== undefined)).map(
      ({ name, run, env }) => ({ name, use: "acp", run, env }),
    ),
  open,
};

function open(definition: EngineDefinition, means: Means): Engine {
  const { run, env = [], network = true, allow = ALLOWED_KINDS } = shape.parse(definition);
  const how = { name: definition.name, program: programFor(definition, run, means), env: keysFrom(means.environment, env), network, allow };
  return { name: definition.name, run: async (...task) => (await import("./shared/acp/work.ts")).work(how, ...task) };
}
