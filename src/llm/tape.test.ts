/** What was recorded is played exactly; what was not is an error of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openaiReply, ScriptedProvider } from "../../test/support/provider.ts";
import { connect, type Connection } from "./connection.ts";
import { parseModelName } from "./name.ts";
import type { Question } from "./question.ts";
import { canonical, Player, recorder, type Tape, type TapeRow } from "./tape.ts";

const KEY = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklm-abcdefgAA";

const question = (text: string): Question => ({ system: "s", turns: [{ role: "user", text }], tools: [], maxOutputTokens: 50 });

function open(url: string, fetch: typeof globalThis.fetch): Connection {
  return connect(parseModelName(`compatible:${url}/v1#m`), { environment: { STET_COMPATIBLE_API_KEY: KEY }, now: () => 0, fetch });
}

async function recorded(): Promise<Tape> {
  const rows: TapeRow[] = [];
  await using provider = await ScriptedProvider.start([
    openaiReply({ text: "one" }),
    { status: 429, headers: { "retry-after": "9", "set-cookie": "account=1" }, body: { error: { message: `not with ${KEY}` } } },
  ]);
  const connection = open(provider.url, recorder((row) => rows.push(row)));
  await connection.ask(question("first"));
  await connection.ask(question("second"));
  return { made: "recorded", rows };
}

test("answers and errors are played as they were, on another port, in any order, each once", async () => {
  const player = new Player(await recorded());
  const connection = open("http://127.0.0.1:1", player.fetch);
  assert.partialDeepStrictEqual(await connection.ask(question("second")), { kind: "rate-limited", hint: { ms: 9_000 } });
  assert.partialDeepStrictEqual(await connection.ask(question("first")), { text: "one" });
  assert.deepEqual(player.unused, []);
  assert.partialDeepStrictEqual(await connection.ask(question("first")), { kind: "not-recorded" });
});

test("what is not on the tape is no fault of the network, and rows that were not asked for are told", async () => {
  const player = new Player(await recorded());
  const outcome = await open("http://127.0.0.1:1", player.fetch).ask(question("third"));
  assert.partialDeepStrictEqual(outcome, { kind: "not-recorded" });
  assert.equal(player.unused.length, 2);
});

test("no secret is on a tape", async () => {
  const text = JSON.stringify(await recorded());
  assert.ok(!text.includes(KEY.slice(0, 30)));
  assert.ok(!text.includes("account=1"));
  assert.ok(!/authorization|127\.0\.0\.1/i.test(text));
});

test("a stream that broke off breaks off again", async () => {
  const row: TapeRow = {
    request: { method: "POST", path: "/v1/chat/completions", body: "" },
    response: { status: 200, headers: { "content-type": "application/json" }, body: '{"id":"x","choi', brokenOff: true },
  };
  const rows: TapeRow[] = [];
  await open("http://127.0.0.1:1", recorder((one) => rows.push(one), new Player({ made: "synthetic", rows: [] }).fetch)).ask(question("x")).catch(() => undefined);
  const probe = new Player({ made: "synthetic", rows: [] });
  const seen: string[] = [];
  const spy: typeof globalThis.fetch = async (input, init) => {
    seen.push(canonical(await new Request(input, init).text()));
    return probe.fetch(input, init);
  };
  await open("http://127.0.0.1:1", spy).ask(question("x"));
  const player = new Player({ made: "synthetic", rows: [{ ...row, request: { ...row.request, body: seen[0] ?? "" } }] });
  assert.partialDeepStrictEqual(await open("http://127.0.0.1:1", player.fetch).ask(question("x")), { kind: "network" });
});

test("bodies are the same whatever the order of their keys", () => {
  assert.equal(canonical('{"b":1,"a":[{"d":2,"c":3}]}'), canonical('{ "a": [{ "c": 3, "d": 2 }], "b": 1 }'));
  assert.equal(canonical("no json"), "no json");
});
