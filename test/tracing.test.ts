/** A run as OpenTelemetry spans, received by a collector on loopback; and collectors that fail, which no run feels. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Collector, type Behaviour, type CollectedSpan } from "./support/collector.ts";
import { ended, Sandbox } from "./support/cli.ts";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "./support/provider.ts";
import { events, GREEN } from "./support/told.ts";

const KEY = "sk-loopback-0123456789abcdef";
const TOKEN = "collector token 0123456789";
const FILES = {
  "tsconfig.json": '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "types": [], "lib": ["es2023"] }, "include": ["src"] }\n',
  "stet.config.json": '{ "checks": [{ "name": "tsc", "use": "tsc" }] }\n',
  "src/double.ts": "/** Twice as much. */\nexport function double(n: number): number {\n  return String(n * 2);\n}\n",
};

function patch(after: string): Reply {
  return openaiReply({ calls: [{ name: "patch_file", input: { path: "src/double.ts", edits: [{ old_string: "String(n * 2)", new_string: after }] } }] });
}

/** Busy once, then wrong, then right. */
const script: Script = [{ status: 429, headers: { "retry-after": "0.01" }, body: { error: { message: "slow" } } }, patch("n * two"), patch("n * 2")];
const TRACE = "0af7651916cd43dd8448eb211c80319c";

async function traced(collector: Collector, extra: Record<string, string> = {}): Promise<{ code: number | null; stderr: string; sandbox: Sandbox }> {
  const sandbox = new Sandbox(FILES);
  await using provider = await ScriptedProvider.start(script);
  const env = { STET_COMPATIBLE_API_KEY: KEY, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: `x-token=${encodeURIComponent(TOKEN)}`, ...extra };
  const { code, stderr } = await sandbox.stet(["repair", "--model", `compatible:${provider.url}/v1#small`], { env });
  return { code, stderr, sandbox };
}

test("a repair is one trace: run, rounds, measurements, checks and each call of a model, without what was said", async () => {
  await using collector = await Collector.start();
  const { code, stderr, sandbox } = await traced(collector, { TRACEPARENT: `00-${TRACE}-b7ad6b7169203331-01`, OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=ci" });
  using _ = sandbox;
  assert.equal(code, 0, stderr);
  assert.deepEqual([...collector.paths], ["/v1/traces"]);
  assert.deepEqual([...collector.tokens], [TOKEN]);
  assert.partialDeepStrictEqual(collector.resource, { "service.name": "stet", "deployment.environment.name": "ci" });

  const run = collector.one("stet repair");
  assert.equal(run.parentSpanId, "b7ad6b7169203331");
  assert.ok(collector.spans.every(({ traceId }) => traceId === TRACE));
  const { run: id } = sandbox.ledger()[0] ?? {};
  assert.partialDeepStrictEqual(run.attributes, { "stet.run": id, "stet.checks": ["tsc"], "stet.status": "finished", "stet.exit_code": 0, "stet.findings.remaining": 0 });

  const rounds = collector.named("round");
  assert.deepEqual(rounds.map(({ attributes }) => [attributes["stet.round"], attributes["stet.proposals"]]), [[1, 1], [2, 1]]);
  const verdicts = rounds.flatMap((round) => round.events.filter(({ name }) => name === "stet.verdict"));
  assert.deepEqual(verdicts.map(({ attributes }) => [attributes["stet.verdict"], attributes["stet.landed"], attributes["stet.rung"]]), [["worse", false, 2], ["better", true, 2]]);
  assert.ok(collector.named("measurement").every((one) => collector.parentOf(one)?.name === "round"));
  const [baseline] = collector.named("check");
  assert.ok(baseline && collector.parentOf(baseline) === run);
  assert.partialDeepStrictEqual(baseline.attributes, { "stet.check": "tsc", "stet.purpose": "baseline", "stet.reading": "read", "stet.findings": 1, "stet.cached": false });

  const calls = collector.named("chat small");
  const whole = { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai_compatible", "gen_ai.request.model": "small", "server.address": "127.0.0.1" };
  for (const call of calls) assert.partialDeepStrictEqual(call.attributes, whole);
  const told = (call: CollectedSpan): unknown[] => [call.kind, call.failed, call.attributes["error.type"], call.attributes["gen_ai.usage.input_tokens"], call.attributes["gen_ai.usage.output_tokens"]];
  assert.deepEqual(calls.map(told), [[3, true, "rate-limited", undefined, undefined], [3, false, undefined, 100, 20], [3, false, undefined, 100, 20]]);
  assert.ok(calls.every((call) => collector.parentOf(call)?.name === "propose" && call.endMs >= call.startMs));
  for (const span of collector.spans) {
    const parent = collector.parentOf(span);
    assert.ok(span === run || (parent && parent.startMs <= span.startMs && parent.endMs >= span.endMs), span.name);
  }
  const sent = collector.texts.join();
  for (const secret of [KEY, TOKEN, "Twice as much", "String(n * 2)"]) assert.ok(!sent.includes(secret), secret);
});

test("what was said is sent where the user asks for it, and a secret in it is not", async () => {
  await using collector = await Collector.start();
  const secret = `ghp_${"aB3dE6gH9k".repeat(4).slice(0, 36)}`;
  using sandbox = new Sandbox({ ...FILES, "src/double.ts": `// ${secret}\n${FILES["src/double.ts"]}` });
  await using provider = await ScriptedProvider.start([patch("n * 2")]);
  const env = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/mine`, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true" };
  const { code } = await sandbox.stet(["repair", "--model", `compatible:${provider.url}/v1#small`], { env });
  assert.equal(code, 0);
  assert.deepEqual([...collector.paths], ["/mine"]);
  const { attributes } = collector.one("chat small");
  assert.match(String(attributes["gen_ai.input.messages"]), /^\[\{"role":"user","parts":\[\{"type":"text","content":".*Twice as much/);
  assert.match(String(attributes["gen_ai.output.messages"]), /^\[\{"role":"assistant","parts":\[\{"type":"tool_call".*"finish_reason":"tool_call"\}\]$/);
  assert.match(String(attributes["gen_ai.system_instructions"]), /"type":"text"/);
  assert.ok(!collector.texts.join().includes(secret));
});

const DEAD: readonly [what: string, environment: (url: string) => Record<string, string>, behaviour: Behaviour, notice: RegExp][] = [
  ["fails", (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }), "fails", /^Traces cannot be sent to http:\/\/127\.0\.0\.1:\d+; the run goes on without/m],
  ["redirects", (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }), "redirects", /^Traces cannot be sent to/m],
  ["never answers", (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }), "hangs", /^Run \S+ from/m],
  ["is not there", () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" }), "takes", /^Run \S+ from/m],
  ["is not on this machine, without TLS", () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://me:hunter2@collector:4318" }), "takes", /^Traces are not sent to http:\/\/\*\*\*@collector:4318: it has credentials in it\.$/m],
  ["speaks another protocol", (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }), "takes", /^Traces are sent as OTLP over HTTP, not by grpc/m],
  ["has no package here", (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, NODE_OPTIONS: WITHOUT_PACKAGES }), "takes", /^Traces need packages that are not installed; npm install @opentelemetry\/api /m],
];

/** Resolves none of OpenTelemetry's packages, as where nobody installed them. */
const WITHOUT_PACKAGES = `--import data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from "node:module";
  const absent = () => { throw Object.assign(new Error("absent"), { code: "ERR_MODULE_NOT_FOUND" }); };
  registerHooks({ resolve: (name, context, next) => (name.startsWith("@opentelemetry/") ? absent() : next(name, context)) });`,
)}`;

for (const [what, environment, behaviour, notice] of DEAD) {
  test(`no run fails for a collector that ${what}`, async () => {
    await using collector = await Collector.start(behaviour);
    using sandbox = new Sandbox({ "stet.config.json": GREEN }, { dependencies: false });
    const { code, stderr, stdout } = await sandbox.stet(["repair"], { env: environment(collector.url) });
    assert.equal(code, 0, stderr);
    assert.match(stderr, notice);
    assert.match(stdout, /Nothing to repair/);
    assert.ok(!stderr.includes("hunter2"));
    assert.equal(collector.spans.length, 0);
  });
}

test("nothing is sent where OpenTelemetry is switched off, and NDJSON stays NDJSON", async () => {
  await using collector = await Collector.start("fails");
  using sandbox = new Sandbox({ "stet.config.json": GREEN }, { dependencies: false });
  await sandbox.stet(["repair"], { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: "true" } });
  assert.equal(collector.paths.size, 0);
  const run = await sandbox.stet(["repair", "--json"], { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  assert.ok(events(run).some(({ type }) => type === "run-ended"));
});

test("a run that is ended while model and collector hang ends in time all the same", async () => {
  await using collector = await Collector.start("hangs");
  await using provider = await ScriptedProvider.start(() => ({ hangs: true }));
  using sandbox = new Sandbox(FILES);
  const child = sandbox.start(["repair", "--model", `compatible:${provider.url}/v1#small`], { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  const end = ended(child);
  for (let tries = 0; tries < 2_400 && provider.requests.length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  const sent = performance.now();
  child.kill("SIGTERM");
  assert.equal((await end).code, 143);
  assert.ok(performance.now() - sent <= 8_000, "promise 8");
});
