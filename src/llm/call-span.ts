/**
 * One call of a model as a span, in the words of OpenTelemetry's semantic conventions for generative AI (1.37, in
 * development there). What was asked and answered is left out unless the user wants it: it is their code.
 */
import type { Attributes, SpanParts } from "../domain/span.ts";
import type { CallRecord } from "./client.ts";
import type { ProviderName } from "./name.ts";
import type { Answer, Question, Turn } from "./question.ts";

/** The conventions' names where they have one. */
const PROVIDERS: Readonly<Partial<Record<ProviderName, string>>> = { bedrock: "aws.bedrock", compatible: "openai_compatible" };

export interface CallSpan extends SpanParts {
  readonly endMs: number;
  readonly error?: string;
}

export function callSpan({ connection: { name, url }, question, answer, fault, spent, startedMs, durationMs }: CallRecord, withContent: boolean): CallSpan {
  const attributes: Attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": PROVIDERS[name.provider] ?? name.provider,
    "gen_ai.request.model": name.model,
    "gen_ai.request.max_tokens": question.maxOutputTokens,
    "server.address": url.hostname,
    "server.port": url.port === "" ? (url.protocol === "http:" ? 80 : 443) : Number(url.port),
    ...(answer && answered(answer)),
    ...(spent.unpriced === 0 && { "stet.cost.usd": spent.usd }),
    ...(fault?.status !== undefined && { "http.response.status_code": fault.status }),
    ...(withContent && contentOf(question, answer)),
  };
  const error = answer ? undefined : (fault?.kind ?? "aborted");
  return { name: `chat ${name.model}`, kind: "client", startMs: startedMs, endMs: startedMs + durationMs, attributes, ...(error !== undefined && { error }) };
}

/** Tokens as the provider counted them; an estimate would look like a fact there. */
function answered({ usage: { inputTokens, outputTokens }, ...answer }: Answer): Attributes {
  return {
    "gen_ai.response.finish_reasons": [finishOf(answer)],
    ...(inputTokens !== undefined && { "gen_ai.usage.input_tokens": inputTokens }),
    ...(outputTokens !== undefined && { "gen_ai.usage.output_tokens": outputTokens }),
  };
}

function finishOf({ finish, calls }: Pick<Answer, "finish" | "calls">): string {
  if (finish === "cut-off") return "length";
  if (finish === "refused") return "content_filter";
  return calls.length > 0 ? "tool_call" : "stop";
}

/** As JSON, which the conventions allow where attributes have no structure. */
function contentOf({ system, turns }: Question, answer: Answer | undefined): Attributes {
  return {
    "gen_ai.system_instructions": JSON.stringify([{ type: "text", content: system }]),
    "gen_ai.input.messages": JSON.stringify(turns.map(messageOf)),
    ...(answer && { "gen_ai.output.messages": JSON.stringify([{ ...messageOf({ role: "model", answer }), finish_reason: finishOf(answer) }]) }),
  };
}

function messageOf(turn: Turn): Record<string, unknown> {
  if (turn.role === "user") return { role: "user", parts: [{ type: "text", content: turn.text }] };
  if (turn.role === "tool") return { role: "tool", parts: turn.results.map(({ id, text }) => ({ type: "tool_call_response", id, response: text })) };
  const { text, calls } = turn.answer;
  const said = text === "" ? [] : [{ type: "text", content: text }];
  return { role: "assistant", parts: [...said, ...calls.map(({ id, name, input }) => ({ type: "tool_call", id, name, arguments: input }))] };
}
