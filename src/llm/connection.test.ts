/**
 * Every way in which a provider answers or fails, through the real provider packages, in OpenAI's and Anthropic's wire
 * formats. The provider is a server on loopback.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { anthropicReply, openaiReply, ScriptedProvider, type Reply, type Said } from "../../test/support/provider.ts";
import { connect, type Connection } from "./connection.ts";
import type { FaultKind, ModelFault } from "./fault.ts";
import { parseModelName } from "./name.ts";
import type { Answer, Question } from "./question.ts";

const KEY = "sk-test-0123456789";

const QUESTION: Question = {
  system: "You mend code.",
  turns: [{ role: "user", text: "mend it" }],
  tools: [{ name: "give_up", description: "no fix", parameters: { type: "object", properties: { reason: { type: "string" } }, required: ["reason"] } }],
  maxOutputTokens: 500,
};

interface Format {
  readonly name: string;
  /** The path that is asked. */
  readonly path: string;
  open(url: string, environment?: Record<string, string>, timeoutMs?: number): Connection;
  reply(said: Said): Reply;
  /** How the key travels. */
  key(headers: Record<string, unknown>): unknown;
}

const FORMATS: readonly Format[] = [
  {
    name: "openai-compatible",
    path: "/v1/chat/completions",
    open: (url, environment = { STET_COMPATIBLE_API_KEY: KEY }, timeoutMs) =>
      connect(parseModelName(`compatible:${url}/v1#small`), { environment, now: () => Date.now(), ...(timeoutMs !== undefined && { timeoutMs }) }),
    reply: openaiReply,
    key: ({ authorization }) => authorization === `Bearer ${KEY}`,
  },
  {
    name: "anthropic",
    path: "/v1/messages",
    open: (url, environment = { ANTHROPIC_API_KEY: KEY }, timeoutMs) =>
      connect(parseModelName("anthropic:claude-sonnet-5"), {
        environment: { ...environment, ANTHROPIC_BASE_URL: `${url}/v1` },
        now: () => Date.now(),
        ...(timeoutMs !== undefined && { timeoutMs }),
      }),
    reply: anthropicReply,
    key: (headers) => headers["x-api-key"] === KEY,
  },
];

function asAnswer(outcome: Answer | ModelFault): Answer {
  assert.ok(!("kind" in outcome), JSON.stringify(outcome));
  return outcome;
}

function asFault(outcome: Answer | ModelFault): ModelFault {
  assert.ok("kind" in outcome, JSON.stringify(outcome));
  return outcome;
}

for (const format of FORMATS) {
  const once = async (reply: Reply, environment?: Record<string, string>, timeoutMs?: number): Promise<Answer | ModelFault> => {
    await using provider = await ScriptedProvider.start([reply]);
    return await format.open(provider.url, environment, timeoutMs).ask(QUESTION);
  };

  test(`${format.name}: a tool's call, its tokens, and the key where it belongs`, async () => {
    await using provider = await ScriptedProvider.start([format.reply({ text: "Well.", calls: [{ name: "give_up", input: { reason: "hard" } }] })]);
    const answer = asAnswer(await format.open(provider.url).ask(QUESTION));
    assert.deepEqual(answer.calls.map(({ name, input }) => [name, JSON.parse(input) as unknown]), [["give_up", { reason: "hard" }]]);
    assert.deepEqual([answer.text, answer.finish, answer.usage], ["Well.", "done", { inputTokens: 100, outputTokens: 20 }]);
    const [request] = provider.requests;
    assert.equal(request?.path, format.path);
    assert.ok(format.key(request.headers));
    assert.ok(!request.text.includes(KEY));
  });

  test(`${format.name}: usage that is missing is unknown, never zero`, async () => {
    const outcome = await once(format.reply({ text: "hm", usage: null }));
    // Anthropic's package takes an answer without usage for none of Anthropic's.
    if (format.name === "anthropic") assert.equal(asFault(outcome).kind, "unreadable");
    else assert.deepEqual(asAnswer(outcome).usage, {});
  });

  test(`${format.name}: an answer that was cut off or refused says so`, async () => {
    assert.equal(asAnswer(await once(format.reply({ text: "half", finish: "cut-off" }))).finish, "cut-off");
    assert.equal(asAnswer(await once(format.reply({ text: "no", finish: "refused" }))).finish, "refused");
  });

  test(`${format.name}: a second turn carries the first with its calls and results`, async () => {
    await using provider = await ScriptedProvider.start([format.reply({ calls: [{ name: "give_up", input: { reason: "x" } }] }), format.reply({ text: "bye" })]);
    const connection = format.open(provider.url);
    const answer = asAnswer(await connection.ask(QUESTION));
    const results = answer.calls.map(({ id, name }) => ({ id, name, text: "try again" }));
    const turns = [...QUESTION.turns, { role: "model" as const, answer }, { role: "tool" as const, results }];
    assert.equal(asAnswer(await connection.ask({ ...QUESTION, turns })).text, "bye");
    assert.match(provider.requests[1]?.text ?? "", /try again/);
    assert.match(provider.requests[1]?.text ?? "", /give_up/);
  });

  const faults: readonly (readonly [what: string, reply: Reply, kind: FaultKind])[] = [
    ["400", { status: 400, body: { error: { message: "bad" } } }, "rejected"],
    ["401", { status: 401, body: { error: { message: "who?" } } }, "unauthorized"],
    ["403", { status: 403, body: { error: { message: "no" } } }, "unauthorized"],
    ["404", { status: 404, body: { error: { message: "no such model" } } }, "rejected"],
    ["429", { status: 429, body: { error: { message: "slow down" } } }, "rate-limited"],
    ["500", { status: 500, body: "oops" }, "server"],
    ["503", { status: 503, body: "busy" }, "overloaded"],
    ["529", { status: 529, body: { error: { message: "overloaded" } } }, "overloaded"],
    ["HTML in place of JSON", { body: "<html><title>Sign in</title></html>" }, "unreadable"],
    ["JSON of another shape", { body: { hello: "world" } }, "unreadable"],
    ["an empty body", { body: "" }, "unreadable"],
    ["a redirect elsewhere", { status: 307, headers: { location: "https://elsewhere.example/v1" } }, "redirected"],
    ["a connection that breaks off", { ...format.reply({ text: "a long answer ".repeat(50) }), cutAfterBytes: 200 }, "network"],
    ["a body without end", { floodBytes: 64 * 1024 * 1024 }, "too-large"],
    ["a body that says it is 1 GB", { headers: { "content-length": String(1024 ** 3) }, cutAfterBytes: 0 }, "too-large"],
  ];
  for (const [what, reply, kind] of faults) {
    test(`${format.name}: ${what} is ${kind}`, async () => {
      const fault = asFault(await once(reply));
      assert.equal(fault.kind, kind, JSON.stringify(fault));
      assert.ok(!JSON.stringify(fault).includes(KEY));
    });
  }

  test(`${format.name}: what a refusal says of time is handed on`, async () => {
    const fault = asFault(await once({ status: 429, headers: { "retry-after": "7" }, body: { error: { message: "slow" } } }));
    assert.deepEqual(fault.hint, { ms: 7_000, from: "retry-after" });
  });

  test(`${format.name}: a provider that never answers is given up when the call's time is over`, async () => {
    assert.equal(asFault(await once({ hangs: true }, undefined, 100)).kind, "timeout");
  });

  test(`${format.name}: an abort ends the call within 100 ms, as what it was aborted with`, async () => {
    await using provider = await ScriptedProvider.start([{ hangs: true }]);
    const controller = new AbortController();
    const asked = format.open(provider.url).ask(QUESTION, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const started = performance.now();
    controller.abort(new Error("the deadline"));
    await assert.rejects(asked, /^Error: the deadline$/);
    // No speed that is bragged with: a promise that an abort is heard at all, with much room.
    assert.ok(performance.now() - started < 5_000);
  });

  test(`${format.name}: nobody listening is a fault of the network`, async () => {
    const provider = await ScriptedProvider.start([]);
    const { url } = provider;
    await provider[Symbol.asyncDispose]();
    assert.equal(asFault(await format.open(url).ask(QUESTION)).kind, "network");
  });
}

test("a provider without its key is not asked", async () => {
  await using provider = await ScriptedProvider.start([]);
  const connection = connect(parseModelName("anthropic:claude-sonnet-5"), { environment: { ANTHROPIC_BASE_URL: provider.url }, now: () => 0 });
  const fault = asFault(await connection.ask(QUESTION));
  assert.deepEqual([fault.kind, fault.detail], ["missing-key", "ANTHROPIC_API_KEY"]);
  assert.equal(provider.requests.length, 0);
});

test("a tool is forced where the model allows it, and asked for otherwise", async () => {
  const choice = async (model: string): Promise<unknown> => {
    await using provider = await ScriptedProvider.start([anthropicReply({ text: "x" })]);
    await connect(parseModelName(model), { environment: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: provider.url }, now: () => 0 }).ask(QUESTION);
    return provider.requests[0]?.body["tool_choice"];
  };
  assert.deepEqual(await choice("anthropic:claude-haiku-5-5"), { type: "any" });
  assert.deepEqual(await choice("anthropic:claude-opus-5-5"), { type: "auto" });
});

test("OpenAI, Ollama and Bedrock are asked where their own variables say", async () => {
  await using provider = await ScriptedProvider.start(() => ({ status: 418, body: { error: { message: "tea", type: "tea", code: null, param: null } } }));
  const environment = {
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: `${provider.url}/v1`,
    OLLAMA_HOST: provider.url,
    AWS_BEARER_TOKEN_BEDROCK: KEY,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: provider.url,
  };
  for (const model of ["openai:gpt-6-luna", "ollama:qwen3:8b", "bedrock:anthropic.claude-haiku-4-5"]) {
    const fault = asFault(await connect(parseModelName(model), { environment, now: () => 0 }).ask(QUESTION));
    assert.equal(fault.kind, "rejected", JSON.stringify(fault));
  }
  assert.deepEqual(provider.requests.map(({ path }) => path.split("?")[0]), [
    "/v1/responses",
    "/v1/chat/completions",
    "/model/anthropic.claude-haiku-4-5/converse",
  ]);
});
