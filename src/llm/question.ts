/** What a model is asked and what it answers, as plain data: the same for every provider. */
/** A tool that the model may call. Nothing runs by itself: a call is data, like the rest of the answer. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a model wants called. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: JSON, or what it took for JSON. */
  readonly input: string;
}

/** What came of a call, told to the model in the next turn. */
export interface ToolResult {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export type Turn =
  | { readonly role: "user"; readonly text: string }
  | { readonly role: "model"; readonly answer: Pick<Answer, "model" | "text" | "calls" | "parts"> }
  | { readonly role: "tool"; readonly results: readonly ToolResult[] };

export interface Question {
  /** The same for all questions of one kind, so that providers can cache it. */
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly maxOutputTokens: number;
}

/** Tokens as the provider counted them. Absent parts are unknown, never zero. */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/**
 * Why the model stopped. `cut-off`: at the limit of output tokens. `refused`: the provider's filter or the model itself
 * would not go on.
 */
export type Finish = "done" | "cut-off" | "refused";

export interface Answer {
  /** The full name of the model that gave it. */
  readonly model: string;
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly finish: Finish;
  readonly usage: Usage;
  /**
   * The answer as its provider gave it, reasoning included. It goes back unread in the next turn: some models refuse a
   * conversation whose reasoning was left out. Of use to the same model only.
   */
  readonly parts?: readonly unknown[];
}
