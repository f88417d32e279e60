/** What no edit of one file settles, an agent may: it reads, edits and checks on a draft, and only the draft's difference counts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint, Sandbox, type Run } from "../../test/support/cli.ts";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "../../test/support/provider.ts";

const KEY = "sk-loopback-0123456789abcdef";
const TSCONFIG = '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "types": [], "lib": ["es2023"], "allowImportingTsExtensions": true, "module": "nodenext" }, "include": ["src"] }\n';

/** Both callers expect a number, and the price has become a text. No edit of one file settles all of it. */
const FILES = {
  "tsconfig.json": TSCONFIG,
  "stet.config.json": '{ "checks": [{ "name": "tsc", "use": "tsc" }] }\n',
  "src/price.ts": "export interface Price {\n  amount: string;\n}\n\nexport function parse(text: string): Price {\n  return { amount: Number(text) };\n}\n",
  "src/sum.ts": 'import type { Price } from "./price.ts";\n\nexport function sum(prices: Price[]): number {\n  return prices.reduce((total, { amount }) => total + amount, 0);\n}\n',
};

function call(name: string, input: unknown): Reply {
  return openaiReply({ calls: [{ name, input }] });
}

const EDIT = call("edit_file", { path: "src/price.ts", old_string: "amount: string;", new_string: "amount: number;" });

async function withAgent(sandbox: Sandbox, script: Script): Promise<Run & { provider: ScriptedProvider }> {
  await using provider = await ScriptedProvider.start(script);
  const run = await sandbox.stet(["repair", "--agent", `compatible:${provider.url}/v1#agent`], { env: { STET_COMPATIBLE_API_KEY: KEY } });
  return { ...run, provider };
}

/** What the model was told after its last turn. */
function heard(provider: ScriptedProvider, index: number): string {
  const messages = provider.requests[index]?.body["messages"] as { role: string; content: string }[];
  return JSON.stringify(messages.at(-1));
}

test("it reads, searches, edits, checks and ends, and lands one proposal", async () => {
  using sandbox = new Sandbox(FILES);
  const before = fingerprint(sandbox.root);
  const { code, stdout, provider } = await withAgent(sandbox, [
    call("search", { text: "Price" }),
    call("read_file", { path: "src/price.ts" }),
    EDIT,
    call("run_checks", {}),
    call("finish", { summary: "everything is perfect" }),
  ]);
  assert.equal(code, 0, stdout);
  assert.match(heard(provider, 1), /src\/sum\.ts:1/);
  assert.match(heard(provider, 2), /2\\t {2}amount: string;/);
  assert.match(heard(provider, 4), /better: 3 findings gone, 0 new/);
  assert.match(sandbox.show("src/price.ts"), /amount: number;/);
  assert.deepEqual(fingerprint(sandbox.root), before);
  assert.partialDeepStrictEqual(sandbox.ledger().find(({ kind }) => kind === "verdict"), { verdict: "better", proposal: { rung: 3, cost: { requests: 5 } } });
});

test("its word counts for nothing: what the checks call worse does not land, and it goes back to the best that they saw", async () => {
  using sandbox = new Sandbox(FILES);
  const { code, provider } = await withAgent(sandbox, [
    EDIT,
    call("run_checks", {}),
    call("edit_file", { path: "src/sum.ts", old_string: "total + amount", new_string: "total + wrong" }),
    call("run_checks", {}),
    call("finish", {}),
  ]);
  assert.equal(code, 0);
  assert.match(heard(provider, 4), /worse: .*Cannot find name 'wrong'/);
  assert.equal(sandbox.show("src/sum.ts"), FILES["src/sum.ts"]);

  using liar = new Sandbox(FILES);
  const lied = await withAgent(liar, [call("edit_file", { path: "src/sum.ts", old_string: "total + amount", new_string: "total + wrong" }), call("finish", { summary: "done" })]);
  assert.equal(lied.code, 1);
  assert.equal(liar.branches().size, 0);
});

test("gates are asked before the checks, and files outside the project are not there", async () => {
  using sandbox = new Sandbox(FILES);
  const { code, provider } = await withAgent(sandbox, [
    call("edit_file", { path: "src/sum.ts", old_string: "  return prices", new_string: "  // @ts-ignore\n  return prices" }),
    call("run_checks", {}),
    call("read_file", { path: "/etc/passwd" }),
    call("edit_file", { path: "../outside.ts", old_string: "a", new_string: "b" }),
    call("give_up", { reason: "no" }),
  ]);
  assert.equal(code, 1);
  assert.match(heard(provider, 2), /refused: .*new-suppression/);
  assert.match(heard(provider, 3), /There is no text file/);
  assert.match(heard(provider, 4), /There is no text file/);
  assert.partialDeepStrictEqual(sandbox.ledger().find(({ kind }) => kind === "declined"), { reason: { code: "gave-up" }, cost: { requests: 5 } });
});

test("it has 15 turns, once in a run", async () => {
  using sandbox = new Sandbox(FILES);
  const { code, provider } = await withAgent(sandbox, () => call("list_files", {}));
  assert.equal(code, 1);
  assert.equal(provider.requests.length, 15);
});
