/**
 * A model provider on loopback that says what it is told to say, in OpenAI's or Anthropic's wire format, and does what
 * providers do when they fail. The real provider packages talk to it; nothing of stet's is replaced.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TapeMiss, type Player, type Tape } from "../../src/llm/tape.ts";

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON where it is no text. */
  readonly body?: unknown;
  /** Ends the connection after so many bytes of the body. */
  readonly cutAfterBytes?: number;
  /** Sends this many bytes instead of a body, as fast as they are taken. */
  readonly floodBytes?: number;
  /** Never answers. */
  readonly hangs?: boolean;
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export type Script = readonly Reply[] | ((request: Received, index: number) => Reply | Promise<Reply>);

/** Answers requests in order; beyond the script's end with 500, which a test that counts requests will see. */
export class ScriptedProvider implements AsyncDisposable {
  readonly requests: Received[] = [];
  readonly #server: Server;

  private constructor(script: Script) {
    this.#server = createServer((request, response) => void this.#answer(script, request, response));
  }

  static async start(script: Script): Promise<ScriptedProvider> {
    const provider = new ScriptedProvider(script);
    await new Promise<void>((resolve) => provider.#server.listen(0, "127.0.0.1", resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(script: Script, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const { method = "", url: path = "", headers } = request;
    const received = { method, path, headers, text, body: parsed(text) };
    const index = this.requests.push(received) - 1;
    const reply = typeof script === "function" ? await script(received, index) : script[index];
    send(response, reply ?? { status: 500, body: "the script has ended" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body = "", cutAfterBytes, floodBytes, hangs }: Reply): void {
  if (hangs) return;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json";
  response.writeHead(status, { "content-type": type, ...(cutAfterBytes !== undefined && { "content-length": String(Buffer.byteLength(text)) }), ...headers });
  if (floodBytes !== undefined) flood(response, floodBytes);
  else if (cutAfterBytes === undefined) response.end(text);
  else response.write(Buffer.from(text).subarray(0, cutAfterBytes), () => response.destroy());
}

const CHUNK = Buffer.alloc(64 * 1024, "a");

function flood(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const more = (): void => {
    while (left > 0) {
      left -= CHUNK.length;
      if (!response.write(CHUNK)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
}

/** Plays a tape to whoever asks, also another process. What is not on it is answered with 400 and a word for it. */
export function playing(player: Player): Script {
  return ({ method, path, text }) => {
    try {
      const { status, headers, body, brokenOff } = player.answer({ method, path, body: text });
      return { status, headers, body, ...(brokenOff && { cutAfterBytes: Math.max(0, Buffer.byteLength(body) - 1) }) };
    } catch (error) {
      if (error instanceof TapeMiss) return { status: 400, body: { error: { message: `not on the tape: ${error.message}` } } };
      throw error;
    }
  };
}

/** What was asked and said, as a tape. Nobody but the test has said it. */
export function taped(requests: readonly Received[], script: (request: Received, index: number) => Reply): Tape {
  const rows = requests.map((request, index) => {
    const { status = 200, headers = {}, body = "" } = script(request, index);
    const written = typeof body === "string" ? body : JSON.stringify(body);
    return { request: { method: request.method, path: request.path, body: request.text }, response: { status, headers: { "content-type": "application/json", ...headers }, body: written } };
  });
  return { made: "synthetic", rows };
}

export interface Said {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly input: unknown }[];
  /** Tokens in and out; null for a provider that does not count. */
  readonly usage?: readonly [input: number, output: number] | null;
  readonly finish?: "done" | "cut-off" | "refused";
}

const OPENAI_FINISH = { done: "stop", "cut-off": "length", refused: "content_filter" } as const;

/** An answer as OpenAI's chat completions have it. A call's input that is a text goes out as it is. */
export function openaiReply({ text = "", calls = [], usage = [100, 20], finish = "done" }: Said): Reply {
  const message = {
    role: "assistant",
    content: text,
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ name, input }, index) => ({
        id: `call_${index}`,
        type: "function",
        function: { name, arguments: typeof input === "string" ? input : JSON.stringify(input) },
      })),
    }),
  };
  const finish_reason = calls.length > 0 && finish === "done" ? "tool_calls" : OPENAI_FINISH[finish];
  const counted = usage ? { usage: { prompt_tokens: usage[0], completion_tokens: usage[1], total_tokens: usage[0] + usage[1] } } : {};
  return { body: { id: "chatcmpl-1", object: "chat.completion", created: 1, model: "scripted", choices: [{ index: 0, message, finish_reason }], ...counted } };
}

const ANTHROPIC_FINISH = { done: "end_turn", "cut-off": "max_tokens", refused: "refusal" } as const;

/** An answer as Anthropic's messages have it. */
export function anthropicReply({ text = "", calls = [], usage = [100, 20], finish = "done" }: Said): Reply {
  const content = [
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...calls.map(({ name, input }, index) => ({ type: "tool_use", id: `toolu_${index}`, name, input })),
  ];
  const stop_reason = calls.length > 0 && finish === "done" ? "tool_use" : ANTHROPIC_FINISH[finish];
  const counted = usage ? { usage: { input_tokens: usage[0], output_tokens: usage[1] } } : {};
  return { body: { id: "msg_1", type: "message", role: "assistant", model: "scripted", content, stop_reason, stop_sequence: null, ...counted } };
}
