/** A question as provider packages want it (AI SDK, language model specification v4). */
import type { LanguageModelV4, LanguageModelV4Content, LanguageModelV4Message } from "@ai-sdk/provider";
import { capabilitiesOf } from "./capabilities.ts";
import type { ModelName } from "./name.ts";
import type { Question, Turn } from "./question.ts";

type Call = Parameters<LanguageModelV4["doGenerate"]>[0];

export function callOf({ system, turns, tools, maxOutputTokens }: Question, name: ModelName): Call {
  const { forcedTools } = capabilitiesOf(name);
  return {
    prompt: [{ role: "system", content: system, ...CACHED }, ...turns.map((turn) => messageOf(turn, name))],
    maxOutputTokens,
    ...(tools.length > 0 && {
      tools: tools.map(({ name: toolName, description, parameters }) => ({ type: "function" as const, name: toolName, description, inputSchema: parameters })),
      toolChoice: { type: forcedTools ? ("required" as const) : ("auto" as const) },
    }),
  };
}

/** What all questions of a run begin with is kept by those providers that have to be told so. */
const CACHED = {
  providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } }, bedrock: { cachePoint: { type: "default" } } },
};

function messageOf(turn: Turn, { text: asked }: ModelName): LanguageModelV4Message {
  if (turn.role === "user") return { role: "user", content: [{ type: "text", text: turn.text }] };
  if (turn.role === "tool") {
    const results = turn.results.map(({ id, name, text }) => ({
      type: "tool-result" as const,
      toolCallId: id,
      toolName: name,
      output: { type: "text" as const, value: text },
    }));
    return { role: "tool", content: results };
  }
  const { model, text, calls, parts } = turn.answer;
  if (model === asked && parts) return { role: "assistant", content: parts.flatMap((part) => echo(part as LanguageModelV4Content)) };
  const said = text === "" ? [] : [{ type: "text" as const, text }];
  return {
    role: "assistant",
    content: [...said, ...calls.map(({ id, name, input }) => ({ type: "tool-call" as const, toolCallId: id, toolName: name, input: parsed(input) }))],
  };
}

type AssistantPart = Extract<LanguageModelV4Message, { role: "assistant" }>["content"][number];

/** A part of an answer as it goes back to the model that gave it, with the provider's own marks on it. */
function echo(part: LanguageModelV4Content): AssistantPart[] {
  const marks = "providerMetadata" in part ? { providerOptions: part.providerMetadata } : {};
  if (part.type === "text" || part.type === "reasoning") return [{ type: part.type, text: part.text, ...marks }];
  if (part.type !== "tool-call") return [];
  return [{ type: "tool-call", toolCallId: part.toolCallId, toolName: part.toolName, input: parsed(part.input), ...marks }];
}

/** Arguments that are no JSON were answered as such; a provider wants an object back all the same. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return {};
  }
}
