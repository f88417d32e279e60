/** The part of the configuration that is about engines. It names programs that would get keys, so it counts only where a person says so. */
import { z } from "zod";
import type { EngineDefinition } from "../agents/shared/kind.ts";
import { engines as kinds } from "../agents/index.ts";
import { MIN_CONTEXT_TOKENS } from "./ladder-config.ts";

const context = { contextTokens: z.int().min(MIN_CONTEXT_TOKENS).optional().describe("Tokens that it can attend to at once: the smallest window decides how large chunks may be.") };
const shapes = kinds.map(({ name, options }) =>
  z.strictObject({ name: z.string().min(1).max(60).optional().describe("What reports call it; the kind's name where absent."), use: z.literal(name), ...context, ...options }),
);

export const enginesSchema = {
  engines: z.array(z.union(shapes)).min(1).max(20).optional().describe("Who does the tasks of specs, where --configured-engines is given, in the order in which they stand in for one another."),
};

export type EnginesConfig = z.infer<typeof enginesSchema.engines>;

/** Each with a name; of two with the same name the first counts. */
export function definitionsOf(config: EnginesConfig): EngineDefinition[] {
  const named = (config ?? []).map((one): EngineDefinition => ({ ...one, name: one.name ?? one.use }));
  return named.filter(({ name }, index) => named.findIndex((one) => one.name === name) === index);
}
