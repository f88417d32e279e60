/** Secrets go, everything else stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { redact, REDACTED, redactedJson, secretsIn } from "./secrets.ts";

const SAMPLES: readonly (readonly [what: string, secret: string])[] = [
  ["Anthropic", `sk-ant-api03-${"aB3-".repeat(23)}a-${"aB3_".repeat(1)}abAA`],
  ["OpenAI", `sk-proj-${"aB3dE6gH".repeat(9)}abT3BlbkFJ${"aB3dE6gH".repeat(9)}ab`],
  ["GitHub", `ghp_${"aB3dE6gH9k".repeat(4).slice(0, 36)}`],
  ["Slack", `xoxb-123456789012-1234567890123-aB3dE6gH9kL2mN5pQ8sT1vW4`],
];

for (const [what, secret] of SAMPLES) {
  test(`a key of ${what} is found in the middle of a text`, () => {
    const text = redact(`error: ${secret} was refused, and so was ${secret}.`);
    assert.ok(!text.includes(secret), text);
    assert.match(text, /^error: \[redacted\] was refused/);
  });
}

test("a private key is taken out whole", () => {
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${"MIIEowIBAAKCAQEA1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJK\n".repeat(12)}-----END RSA PRIVATE KEY-----`;
  assert.ok(!redact(`a\n${key}\nb`).includes("MIIEow"));
});

test("what the environment holds under a secret's name is taken out exactly, also from JSON", () => {
  const secrets = secretsIn({ MY_API_TOKEN: "correct horse", PASSWORD: "short", DEPLOY_KEY: "correct horse battery", HOME: "/home/someone" });
  assert.deepEqual(secrets, ["correct horse battery", "correct horse"]);
  assert.equal(redact("a correct horse battery, a correct horse", secrets), `a ${REDACTED}, a ${REDACTED}`);
});

test("a comment in the text has no say", () => {
  const [, secret = ""] = SAMPLES[2] ?? [];
  assert.ok(!redact(`// secretlint-disable\n${secret}\n`).includes(secret));
});

test("hashes, paths, code and ordinary errors stay as they are", () => {
  for (const text of [
    "3f786850e387550fdab836ed7e6dc881de23001b",
    "src/api/client.ts(12,5): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.",
    "const token = await readToken(request.headers.get('authorization'));",
    "https://example.com/docs?page=2",
    "stet/repair-202611212221-793e",
    'import { createHash } from "node:crypto";',
  ]) {
    assert.equal(redact(text), text);
  }
});

test("a value stays the JSON that it was, with every text in it redacted", () => {
  const [, secret = ""] = SAMPLES[2] ?? [];
  const value = { a: [`x ${secret} "y"`], b: 1, c: null };
  assert.deepEqual(JSON.parse(redactedJson(value)), { a: [`x ${REDACTED} "y"`], b: 1, c: null });
});

test("a collector's token is known in each form that it may come up in", () => {
  const secrets = secretsIn({ OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20abcdefgh12345,x-a=1", OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-token=%E0%A4%" });
  assert.deepEqual(secrets, ["Bearer%20abcdefgh12345", "Bearer abcdefgh12345", "abcdefgh12345"]);
});
