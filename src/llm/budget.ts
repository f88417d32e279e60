/**
 * What a run may spend on models: requests, tokens, money. The worst case is reserved before a question is sent, so a
 * limit is passed by one call at most, and then only where a provider counts otherwise than was estimated.
 */
import { usdFor, type Price } from "./prices.ts";
import type { Question, Usage } from "./question.ts";

export interface Limits {
  readonly maxRequests: number;
  readonly maxTokens: number;
  readonly maxUsd: number;
}

/** For a run, where nothing else is said. */
export const DEFAULT_LIMITS: Limits = { maxRequests: 500, maxTokens: 5_000_000, maxUsd: 10 };

export interface Spent {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the calls whose price is known. */
  readonly usd: number;
  /** Calls whose tokens were estimated, because the provider did not count them. */
  readonly estimated: number;
  /** Calls whose price is unknown: for them the limit of tokens is all there is. */
  readonly unpriced: number;
}

export interface Reservation {
  /** The tokens that the provider counted; where it did not, they are estimated, of the answer from what it wrote. */
  settle(usage: Usage, written: string): Spent;
  /** A call that failed. `reached`: whether the provider may have worked on it, and bill the input. */
  fail(reached: boolean): Spent;
}

/** Which limit is in the way, as data. */
export interface Exceeded {
  readonly limit: keyof Limits;
  readonly max: number;
}

export class Budget {
  readonly limits: Limits;
  #spent: Spent = { requests: 0, inputTokens: 0, outputTokens: 0, usd: 0, estimated: 0, unpriced: 0 };
  #reserved = { requests: 0, tokens: 0, usd: 0 };

  constructor(limits: Limits = DEFAULT_LIMITS) {
    this.limits = limits;
  }

  get spent(): Spent {
    return this.#spent;
  }

  /** Room for one call, or the limit that leaves none. */
  reserve(question: Question, price: Price | undefined): Reservation | Exceeded {
    const input = estimateTokens(question);
    const worst = { requests: 1, tokens: input + question.maxOutputTokens, usd: price ? usdFor(price, input, question.maxOutputTokens) : 0 };
    const { requests, inputTokens, outputTokens, usd } = this.#spent;
    const { maxRequests, maxTokens, maxUsd } = this.limits;
    if (requests + this.#reserved.requests + worst.requests > maxRequests) return { limit: "maxRequests", max: maxRequests };
    if (inputTokens + outputTokens + this.#reserved.tokens + worst.tokens > maxTokens) return { limit: "maxTokens", max: maxTokens };
    if (price && usd + this.#reserved.usd + worst.usd > maxUsd) return { limit: "maxUsd", max: maxUsd };
    this.#hold(worst, 1);
    const spend = (usage: Usage, written = ""): Spent => {
      this.#hold(worst, -1);
      return this.#add(usage, { inputTokens: input, outputTokens: tokensIn(written) }, price);
    };
    return { settle: spend, fail: (reached) => spend(reached ? { outputTokens: 0 } : { inputTokens: 0, outputTokens: 0 }) };
  }

  #hold(worst: { requests: number; tokens: number; usd: number }, sign: 1 | -1): void {
    this.#reserved.requests += sign * worst.requests;
    this.#reserved.tokens += sign * worst.tokens;
    this.#reserved.usd += sign * worst.usd;
  }

  /** What this call cost, where the provider's own figures are missing by estimate. */
  #add(usage: Usage, estimate: Required<Usage>, price: Price | undefined): Spent {
    const { inputTokens, outputTokens } = { ...estimate, ...usage };
    const isEstimated = usage.inputTokens === undefined || usage.outputTokens === undefined;
    const call: Spent = {
      requests: 1,
      inputTokens,
      outputTokens,
      usd: price ? usdFor(price, inputTokens, outputTokens) : 0,
      estimated: isEstimated ? 1 : 0,
      unpriced: price ? 0 : 1,
    };
    this.#spent = sum(this.#spent, call);
    return call;
  }
}

export const NOTHING: Spent = { requests: 0, inputTokens: 0, outputTokens: 0, usd: 0, estimated: 0, unpriced: 0 };

export function sum(one: Spent, other: Spent): Spent {
  return {
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    usd: one.usd + other.usd,
    estimated: one.estimated + other.estimated,
    unpriced: one.unpriced + other.unpriced,
  };
}

/** Code has three to four characters in a token; three bytes overestimate, which is what a reservation needs. */
const BYTES_PER_TOKEN = 3;

export function tokensIn(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

export function estimateTokens({ system, turns, tools }: Question): number {
  return tokensIn(JSON.stringify([system, turns, tools]));
}
