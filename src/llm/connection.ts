/** One model, asked once: no retry, no other model in its place. What comes back is an answer or a fault, never thrown. */
import type { LanguageModelV4, LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import { Problem } from "../domain/problem.ts";
import { guardedFetch, type Fetch } from "../system/guarded-fetch.ts";
import { faultOf } from "./classify.ts";
import type { ModelFault } from "./fault.ts";
import { callOf } from "./messages.ts";
import type { ModelName } from "./name.ts";
import { missingKey, providerOf, type Environment } from "./providers.ts";
import type { Answer, Finish, Question, Usage } from "./question.ts";

/** A body beyond this is not read to its end. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** One call, from the question to the last byte of the answer. */
const CALL_TIMEOUT_MS = 300_000;

export interface Connection {
  readonly name: ModelName;
  /** Where it answers. */
  readonly url: URL;
  ask(question: Question, signal?: AbortSignal): Promise<Answer | ModelFault>;
}

export interface ConnectOptions {
  readonly environment: Environment;
  /** The clock that waits are read by, in milliseconds since 1970. */
  readonly now: () => number;
  /** What carries the requests; the network where absent. */
  readonly fetch?: Fetch;
  readonly timeoutMs?: number;
}

/** Loads nothing and sends nothing yet. Throws `Problem` (78) where the address may not have a key. */
export function connect(name: ModelName, { environment, now, fetch, timeoutMs = CALL_TIMEOUT_MS }: ConnectOptions): Connection {
  const provider = providerOf(name, environment);
  let opened: Promise<LanguageModelV4> | undefined;
  const open = async (): Promise<LanguageModelV4> => {
    const key = provider.keys.map((variable) => environment[variable]).find((value) => value !== undefined && value !== "");
    if (key === undefined && !provider.keyless) throw missingKey(name.provider, provider.keys);
    const guarded = guardedFetch({ origin: provider.url.origin, maxBytes: MAX_ANSWER_BYTES }, fetch);
    return provider.open({ model: name.model, url: provider.url, key, fetch: guarded, environment });
  };
  return {
    name,
    url: provider.url,
    async ask(question, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
      try {
        opened ??= open();
        const model = await before(either, opened);
        return answerOf(await model.doGenerate({ ...callOf(question, name), abortSignal: either }), name);
      } catch (error) {
        signal?.throwIfAborted();
        opened = error instanceof Problem ? undefined : opened;
        return faultOf(error, { name, package: provider.package, nowMs: now(), timedOut: timeout.aborted });
      }
    },
  };
}

/** A provider's own search for a key may take its time. */
function before<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
  });
}

function answerOf({ content, finishReason, usage }: LanguageModelV4GenerateResult, { text: model }: ModelName): Answer {
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  const calls = content.flatMap((part) =>
    part.type === "tool-call" ? [{ id: part.toolCallId, name: part.toolName, input: part.input }] : [],
  );
  return { model, text, calls, finish: finishOf(finishReason.unified), usage: usageOf(usage), parts: content };
}

function finishOf(reason: LanguageModelV4GenerateResult["finishReason"]["unified"]): Finish {
  if (reason === "length") return "cut-off";
  return reason === "content-filter" ? "refused" : "done";
}

function usageOf({ inputTokens, outputTokens }: LanguageModelV4GenerateResult["usage"]): Usage {
  const { total: input } = inputTokens;
  const { total: output } = outputTokens;
  return { ...(input !== undefined && { inputTokens: input }), ...(output !== undefined && { outputTokens: output }) };
}
