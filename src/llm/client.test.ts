/** The policy: what is waited for, who is left out, and what a run may spend. Real providers' packages, servers on loopback. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "../../test/support/provider.ts";
import { Budget, DEFAULT_LIMITS } from "./budget.ts";
import { openClient, type CallRecord, type ModelClient } from "./client.ts";
import { connect } from "./connection.ts";
import type { ModelFault } from "./fault.ts";
import { parseModelName } from "./name.ts";
import type { Question } from "./question.ts";

const QUESTION: Question = { system: "s", turns: [{ role: "user", text: "q" }], tools: [], maxOutputTokens: 50 };

interface Scene extends AsyncDisposable {
  readonly client: ModelClient;
  readonly providers: readonly ScriptedProvider[];
  readonly calls: CallRecord[];
  readonly waits: number[];
  readonly left: ModelFault[];
  readonly budget: Budget;
}

/** A client of as many providers as there are scripts. */
async function scene(scripts: readonly Script[], limits = DEFAULT_LIMITS): Promise<Scene> {
  const providers = await Promise.all(scripts.map((script) => ScriptedProvider.start(script)));
  const [calls, waits, left]: [CallRecord[], number[], ModelFault[]] = [[], [], []];
  const budget = new Budget(limits);
  const client = openClient({
    connections: providers.map(({ url }, index) => connect(parseModelName(`compatible:${url}#m${index}`), { environment: {}, now: () => Date.now() })),
    budget,
    priceOf: () => ({ inputUsdPerMillion: 1, outputUsdPerMillion: 1 }),
    now: () => Date.now(),
    random: () => 0,
    onCall: (call) => calls.push(call),
    onWait: ({ ms }) => waits.push(ms),
    onLeft: (fault) => left.push(fault),
  });
  const dispose = async (): Promise<void> => {
    await Promise.all(providers.map((provider) => provider[Symbol.asyncDispose]()));
  };
  return { client, providers, calls, waits, left, budget, [Symbol.asyncDispose]: dispose };
}

const busy = (headers: Record<string, string> = {}): Reply => ({ status: 429, headers, body: { error: { message: "slow down" } } });
const answer = openaiReply({ text: "here" });
const asked = ({ providers }: Scene): number[] => providers.map(({ requests }) => requests.length);

test("a rate limit is waited for as long as the provider says, and then asked again", async () => {
  await using stage = await scene([[busy({ "retry-after": "0.05" }), answer]]);
  const result = await stage.client.ask(QUESTION);
  assert.ok(result.ok && result.answer.text === "here");
  assert.deepEqual(stage.waits, [50]);
  assert.deepEqual(stage.calls.map(({ fault }) => fault?.kind), ["rate-limited", undefined]);
});

test("without a word of when, it backs off, longer each time", async () => {
  await using stage = await scene([[busy(), { status: 500, body: "oops" }, answer]]);
  assert.ok((await stage.client.ask(QUESTION)).ok);
  assert.deepEqual(stage.waits, [500, 1_000]);
});

test("a wait of more than 120 s is not made: the next provider takes over for the rest of the run", async () => {
  await using stage = await scene([[busy({ "retry-after": "121" })], [answer, answer]]);
  assert.ok((await stage.client.ask(QUESTION)).ok);
  assert.ok((await stage.client.ask(QUESTION)).ok);
  assert.deepEqual(asked(stage), [1, 2]);
  assert.deepEqual(stage.waits, []);
  assert.equal(stage.client.standing.length, 1);
});

test("401 and 403 are never tried again, and the provider is left out", async () => {
  for (const status of [401, 403]) {
    await using stage = await scene([[{ status, body: { error: { message: "no" } } }], [answer]]);
    assert.ok((await stage.client.ask(QUESTION)).ok);
    assert.deepEqual(asked(stage), [1, 1]);
    assert.deepEqual(stage.left.map(({ kind }) => kind), ["unauthorized"]);
  }
});

test("400 is the question's fault: it is not asked again, and the provider stays", async () => {
  await using stage = await scene([[{ status: 400, body: { error: { message: "too long" } } }, answer]]);
  const refused = await stage.client.ask(QUESTION);
  assert.ok(!refused.ok && refused.fault.kind === "rejected");
  assert.deepEqual(asked(stage), [1]);
  assert.ok((await stage.client.ask(QUESTION)).ok);
});

test("a provider that stays down is asked four times and left, and none left is the last one's fault", async () => {
  const down = (): Reply => ({ status: 529, headers: { "retry-after-ms": "1" }, body: { error: { message: "overloaded" } } });
  await using stage = await scene([down, down]);
  const result = await stage.client.ask(QUESTION);
  assert.ok(!result.ok && result.fault.kind === "overloaded");
  assert.deepEqual(asked(stage), [4, 4]);
  assert.deepEqual(stage.client.standing, []);
  const again = await stage.client.ask(QUESTION);
  assert.ok(!again.ok);
  assert.deepEqual(asked(stage), [4, 4]);
});

test("of questions that fail at once, each goes to the next provider, and none of those is left with the first", async () => {
  const down = (): Reply => ({ status: 503, headers: { "retry-after-ms": "1" }, body: "" });
  await using stage = await scene([down, () => answer, () => answer]);
  const results = await Promise.all([1, 2, 3, 4].map((index) => stage.client.ask({ ...QUESTION, system: String(index) })));
  assert.ok(results.every(({ ok }) => ok));
  assert.equal(stage.left.length, 1);
  assert.equal(stage.client.standing.length, 2);
});

test("a deadline ends a wait, as what it was aborted with", async () => {
  await using stage = await scene([[busy({ "retry-after": "100" })]]);
  const controller = new AbortController();
  const waiting = stage.client.ask(QUESTION, controller.signal);
  const watch = setInterval(() => stage.waits.length > 0 && controller.abort(new Error("the deadline")), 20);
  await assert.rejects(waiting, /^Error: the deadline$/);
  clearInterval(watch);
  assert.deepEqual(stage.waits, [100_000]);
});

test("the budget is never passed by more than one call, failed calls counted", async () => {
  await using stage = await scene([() => answer], { ...DEFAULT_LIMITS, maxRequests: 3 });
  for (let index = 0; index < 5; index++) await stage.client.ask(QUESTION);
  const last = await stage.client.ask(QUESTION);
  assert.ok(!last.ok && last.fault.kind === "budget");
  assert.match(last.fault.detail, /maxRequests 3/);
  assert.deepEqual(asked(stage), [3]);
  assert.equal(stage.budget.spent.usd, 3 * 0.000_12);

  await using failing = await scene([() => ({ status: 500, headers: { "retry-after-ms": "1" }, body: "" })], { ...DEFAULT_LIMITS, maxRequests: 2 });
  await failing.client.ask(QUESTION);
  assert.deepEqual(asked(failing), [2]);
});
