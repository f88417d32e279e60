/** A conversation with a model, turn by turn, and what it has cost so far. */
import type { Cost } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Spent } from "./budget.ts";
import type { ModelClient } from "./client.ts";
import type { Answer, Question, ToolResult } from "./question.ts";

export interface TalkOptions {
  readonly client: ModelClient;
  /** Who speaks in reasons. */
  readonly name: string;
  readonly signal: AbortSignal | undefined;
}

export class Talk {
  /** The model that answered last. */
  model = "";
  cost: Cost = { requests: 0 };
  readonly #options: TalkOptions;
  #question: Question;

  constructor(options: TalkOptions, first: Question) {
    this.#options = options;
    this.#question = first;
  }

  /** Throws only what the signal was aborted with. */
  async ask(): Promise<Answer | Reason> {
    const { client, name, signal } = this.#options;
    const result = await client.ask(this.#question, signal);
    const model = result.ok ? result.answer.model : result.fault.model;
    this.#spend(model, result.spent);
    if (!result.ok) return reason(name, `model-${result.fault.kind}`, { model, detail: result.fault.detail });
    this.model = model;
    return result.answer;
  }

  #spend(model: string, spent: Spent): void {
    const { requests = 0, inputTokens = 0, outputTokens = 0, usd, estimated = 0 } = this.cost;
    const isPriced = spent.unpriced === 0 && (usd !== undefined || requests === 0);
    this.cost = {
      model,
      requests: requests + spent.requests,
      inputTokens: inputTokens + spent.inputTokens,
      outputTokens: outputTokens + spent.outputTokens,
      ...(estimated + spent.estimated > 0 && { estimated: estimated + spent.estimated }),
      ...(isPriced && { usd: (usd ?? 0) + spent.usd }),
    };
  }

  /** What the model hears next: what came of its calls, or a text where it called nothing. */
  reply(answer: Answer, back: string | readonly ToolResult[]): void {
    const turn = typeof back === "string" ? { role: "user" as const, text: back } : { role: "tool" as const, results: back };
    this.#question = { ...this.#question, turns: [...this.#question.turns, { role: "model", answer }, turn] };
  }
}
