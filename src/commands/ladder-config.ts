/** The part of the configuration that is about models. A repository can only tighten it. */
import { z } from "zod";
import { DEFAULT_LIMITS, type Limits } from "../llm/budget.ts";
import type { ContextWindows } from "../llm/context.ts";
import { PRICES, type Prices } from "../llm/prices.ts";

/** With less than this nothing can be built; a repository could have tasks cut to crumbs. */
export const MIN_CONTEXT_TOKENS = 2_000;

const usd = z.number().nonnegative();

export const ladderSchema = {
  ladder: z
    .array(z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(10)]))
    .max(5)
    .optional()
    .describe("Models to ask for what tools cannot fix, where --configured-models is given, cheapest first; a list is one rung whose later models stand in."),
  agent: z.string().min(1).optional().describe("A model to work as an agent on what the ladder leaves, over several files, where --configured-models is given."),
  budget: z
    .strictObject({
      maxRequests: z.int().positive().optional().describe("Calls of models in a run."),
      maxTokens: z.int().positive().optional().describe("Tokens in and out in a run."),
      maxUsd: usd.optional().describe("US dollars in a run, where prices are known."),
    })
    .optional()
    .describe("What a run may spend on models."),
  contextTokens: z
    .record(z.string(), z.int().min(MIN_CONTEXT_TOKENS))
    .optional()
    .describe("Tokens that a model can attend to at once, by full model name. The smallest window among a build's engines decides how large chunks may be."),
  prices: z
    .record(z.string(), z.strictObject({ inputUsdPerMillion: usd, outputUsdPerMillion: usd }))
    .optional()
    .describe("US dollars for a million tokens, by full model name, where stet's own table is wrong or has none."),
};

export interface LadderConfig {
  readonly ladder?: readonly (string | readonly string[])[] | undefined;
  readonly agent?: string | undefined;
  readonly budget?: { readonly [limit in keyof Limits]?: number | undefined } | undefined;
  readonly prices?: Prices | undefined;
  readonly contextTokens?: ContextWindows | undefined;
}

/** A repository can lower a limit, never raise it. */
export function limitsOf(budget: LadderConfig["budget"] = {}): Limits {
  const { maxRequests, maxTokens, maxUsd } = DEFAULT_LIMITS;
  return {
    maxRequests: Math.min(maxRequests, budget.maxRequests ?? Infinity),
    maxTokens: Math.min(maxTokens, budget.maxTokens ?? Infinity),
    maxUsd: Math.min(maxUsd, budget.maxUsd ?? Infinity),
  };
}

/** Nor can it make a model cheaper than it is known to be, so that the limit of money would never be met. */
export function atLeast(prices: Prices = {}): Prices {
  return Object.fromEntries(
    Object.entries(prices).map(([name, { inputUsdPerMillion: input, outputUsdPerMillion: output }]) => {
      const { inputUsdPerMillion = 0, outputUsdPerMillion = 0, ...known } = PRICES[name] ?? {};
      return [name, { ...known, inputUsdPerMillion: Math.max(input, inputUsdPerMillion), outputUsdPerMillion: Math.max(output, outputUsdPerMillion) }];
    }),
  );
}
