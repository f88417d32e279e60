/** Where Bedrock's keys come from: the environment, or Amazon's own chain, read by Amazon's own package. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ScriptedProvider } from "../../test/support/provider.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { connect } from "./connection.ts";
import { parseModelName } from "./name.ts";
import type { Question } from "./question.ts";

const QUESTION: Question = { system: "s", turns: [{ role: "user", text: "q" }], tools: [], maxOutputTokens: 50 };
const ANSWER = { body: { output: { message: { role: "assistant", content: [{ text: "here" }] } }, stopReason: "end_turn", usage: { inputTokens: 7, outputTokens: 3, totalTokens: 10 }, metrics: { latencyMs: 1 } } };

/** Asks with these variables and nothing else of Amazon's: its package reads the process's own environment. */
async function ask(variables: (url: string) => Record<string, string>): Promise<{ outcome: Awaited<ReturnType<ReturnType<typeof connect>["ask"]>>; keys: (string | undefined)[] }> {
  await using bedrock = await ScriptedProvider.start([ANSWER]);
  await using container = await ScriptedProvider.start([{ body: { AccessKeyId: "AKIACONTAINER", SecretAccessKey: "secret", Token: "token", Expiration: "2100-01-01T00:00:00Z" } }]);
  const own = { ...variables(container.url), AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url, AWS_EC2_METADATA_DISABLED: "true" };
  const before = { ...process.env };
  for (const name of Object.keys(process.env).filter((one) => one.startsWith("AWS_"))) delete process.env[name];
  Object.assign(process.env, own);
  try {
    const outcome = await connect(parseModelName("bedrock:anthropic.claude-haiku-4-5"), { environment: process.env, now: () => 0 }).ask(QUESTION);
    const keys = bedrock.requests.map(({ headers }) => /Bearer \S+|Credential=\w+\/\d+\/[\w-]+/.exec(String(headers["authorization"]))?.[0].replace(/\/\d+\//, "/"));
    return { outcome, keys };
  } finally {
    for (const name of Object.keys(own)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

test("a profile of the user's own files signs the request", async () => {
  using folder = temporaryFolder();
  const file = join(folder.root, "credentials");
  writeFileSync(file, "[work]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n");
  const { outcome, keys } = await ask(() => ({ AWS_PROFILE: "work", AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: join(folder.root, "none") }));
  assert.partialDeepStrictEqual(outcome, { text: "here", usage: { inputTokens: 7, outputTokens: 3 } });
  assert.deepEqual(keys, ["Credential=AKIAPROFILE/eu-west-1"]);
});

test("so do a container's credentials, and what stands in the environment goes before both", async () => {
  const nowhere = { AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" };
  assert.deepEqual((await ask((url) => ({ ...nowhere, AWS_CONTAINER_CREDENTIALS_FULL_URI: url }))).keys, ["Credential=AKIACONTAINER/eu-west-1"]);
  const both = await ask((url) => ({ ...nowhere, AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_ACCESS_KEY_ID: "AKIAOWN", AWS_SECRET_ACCESS_KEY: "secret" }));
  assert.deepEqual(both.keys, ["Credential=AKIAOWN/eu-west-1"]);
  assert.deepEqual((await ask(() => ({ ...nowhere, AWS_BEARER_TOKEN_BEDROCK: "bearer-token" }))).keys, ["Bearer bearer-token"]);
});

test("where nobody has credentials nothing is sent, and the variables are named", async () => {
  const { outcome, keys } = await ask(() => ({ AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" }));
  assert.partialDeepStrictEqual(outcome, { kind: "missing-key", detail: "AWS_BEARER_TOKEN_BEDROCK, AWS_ACCESS_KEY_ID, AWS_PROFILE" });
  assert.deepEqual(keys, []);
});
