/**
 * What models cost, in US dollars for a million tokens, as their providers listed it on 2026-11-21: Anthropic in its
 * models overview (platform.claude.com), OpenAI on its pricing page (developers.openai.com). Without discounts for cached
 * or batched input, so a run costs at most this. Prices change: configuration overrides them (`prices`).
 */
import type { ModelName } from "./name.ts";

export interface Price {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  /** Other prices of a question with more input than this; they hold for all of it. */
  readonly above?: { readonly inputTokens: number; readonly inputUsdPerMillion: number; readonly outputUsdPerMillion: number };
}

export type Prices = Readonly<Record<string, Price>>;

/** A dated table: the day on which it was held against its sources. */
export const PRICES_AS_OF = "2026-11-21";

export const PRICES: Prices = {
  "anthropic:claude-fable-5-1": price(10, 50),
  "anthropic:claude-opus-5-5": price(4, 20),
  "anthropic:claude-opus-5": price(5, 25),
  "anthropic:claude-sonnet-5-5": price(2, 10),
  "anthropic:claude-haiku-5-5": price(0.1, 0.5, { inputTokens: 100_000, inputUsdPerMillion: 0.5, outputUsdPerMillion: 2.5 }),
  "anthropic:claude-haiku-4-5": price(1, 5),
  "openai:gpt-6-astra": long(10, 50),
  "openai:gpt-6-sol": long(2, 10),
  "openai:gpt-6-luna": long(0.1, 0.5),
  "openai:gpt-5.6-sol": long(4, 20),
  "openai:gpt-5.6-terra": long(2, 12),
  "openai:gpt-5.6-luna": long(0.2, 1.2),
};

function price(inputUsdPerMillion: number, outputUsdPerMillion: number, above?: Price["above"]): Price {
  return { inputUsdPerMillion, outputUsdPerMillion, ...(above && { above }) };
}

/** OpenAI bills questions above 272,000 tokens at twice the input and one and a half times the output. */
function long(input: number, output: number): Price {
  return price(input, output, { inputTokens: 272_000, inputUsdPerMillion: input * 2, outputUsdPerMillion: output * 1.5 });
}

/** Models on this machine cost nothing; undefined where nothing is known. */
export function priceOf({ provider, text }: ModelName, overrides: Prices = {}): Price | undefined {
  return overrides[text] ?? PRICES[text] ?? (provider === "ollama" ? price(0, 0) : undefined);
}

export function usdFor(price: Price, inputTokens: number, outputTokens: number): number {
  const rates = price.above && inputTokens > price.above.inputTokens ? price.above : price;
  return (inputTokens * rates.inputUsdPerMillion + outputTokens * rates.outputUsdPerMillion) / 1_000_000;
}
