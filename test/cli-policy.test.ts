/** `--policy` through the command line: a model's edit that goes too far is refused, told back to it, and never tried. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox, SOURCES, type Run, type Start } from "./support/cli.ts";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "./support/provider.ts";
import { temporaryFolder } from "./support/workspace.ts";

const TSCONFIG = '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "types": [], "lib": ["es2023"], "module": "nodenext", "allowImportingTsExtensions": true }, "include": ["src"] }\n';
const PRICE = "export const price = (n: number): number => n * 2;\n";
const SHOP = 'export function sell(n: number): number {\n  return n;\n}\n\n// @ts-expect-error an old fault\nexport const total: number = sell(2);\n';

function project(config: object = {}): Sandbox {
  const stated = JSON.stringify({ checks: [{ name: "tsc", use: "tsc" }], ...config });
  return new Sandbox({ "tsconfig.json": TSCONFIG, "stet.config.json": stated, "src/price.ts": PRICE, "src/shop.ts": SHOP });
}

function patch(old_string: string, new_string: string): Reply {
  return openaiReply({ calls: [{ name: "patch_file", input: { path: "src/shop.ts", edits: [{ old_string, new_string, rationale: "it is so", confidence: 95 }] } }] });
}

const TOO_FAR = patch("sell(n: number): number", "sell(n: number): string");
const MECHANICAL = patch("// @ts-expect-error an old fault\n", "");

async function repaired(sandbox: Sandbox, script: Script, args: readonly string[], { env = {}, ...start }: Start = {}): Promise<Run & { readonly provider: ScriptedProvider }> {
  await using provider = await ScriptedProvider.start(script);
  const run = await sandbox.stet(["repair", "--model", `compatible:${provider.url}/v1#small`, ...args], { ...start, env: { STET_COMPATIBLE_API_KEY: "sk-loopback", ...env } });
  return { ...run, provider };
}

test("mechanical: a changed signature is refused by name, told back, and the mechanical edit after it lands", async () => {
  using sandbox = project();
  const { code, stdout, provider } = await repaired(sandbox, [TOO_FAR, MECHANICAL], ["--policy", "mechanical"]);
  assert.equal(code, 0, stdout);
  const [refused] = sandbox.ledger().filter((entry) => entry["kind"] === "verdict" && entry["verdict"] === "refused");
  assert.partialDeepStrictEqual(refused, { reasons: [{ by: "mechanical", code: "signature-changed", args: { file: "src/shop.ts", kind: "function", name: "sell", line: 1, part: "type", was: "number", now: "string" } }] });
  assert.equal(sandbox.show("src/shop.ts"), SHOP.replace("// @ts-expect-error an old fault\n", ""));
  assert.match(sandbox.git("log", "-1", "--format=%B", sandbox.branch()), /^Why, in the words of .*:\n> it is so\nConfidence that was stated, and not measured: 95 of 100\.$/m);
  const [first, second] = provider.requests.map(({ text }) => text);
  assert.match(first ?? "", /mechanical edits only[^"]*At most 2 edits, each of at most 6 changed lines/);
  assert.match(JSON.stringify(provider.requests[0]?.body["tools"]), /rationale.*confidence/);
  assert.doesNotMatch(JSON.stringify(provider.requests[0]?.body["tools"]), /write_file/);
  assert.match(second ?? "", /not taken: mechanical signature-changed/);
});

test("configuration tightens what the command line leaves free, and no further word loosens it", async () => {
  using sandbox = project({ policy: "local" });
  const { code, stdout, provider } = await repaired(sandbox, [TOO_FAR, TOO_FAR], ["--policy", "free"]);
  assert.equal(code, 1);
  assert.match(stdout, /the policy keeps signatures/);
  assert.match(provider.requests[0]?.text ?? "", /change only what stands inside of functions/);
  const wrong = await sandbox.stet(["repair", "--policy", "strict"]);
  assert.equal(wrong.code, 64);
  assert.match(wrong.stderr, /mechanical, local, free/);
});

/** Writes down what a process of stet loads. */
const HOOK = `import { registerHooks } from "node:module";
import { appendFileSync } from "node:fs";
registerHooks({ load(url, context, next) { appendFileSync(process.env.LOADED, url + "\\n"); return next(url, context); } });
`;

test("no parser is loaded where none is asked for", async () => {
  using sandbox = project();
  using folder = temporaryFolder({ "hook.mjs": HOOK, loaded: "" });
  const file = join(folder.root, "loaded");
  const start = { cli: SOURCES, env: { NODE_OPTIONS: `--import=${join(folder.root, "hook.mjs")}`, LOADED: file } };
  const loaded = (pattern: RegExp): string[] => readFileSync(file, "utf8").split("\n").filter((url) => pattern.test(url));
  const parsers = (): string[] => loaded(/tree-sitter|\/system\/syntax\/(?:script|grammar)\.ts$/);
  for (const option of ["--help", "--version"]) await sandbox.stet([option], start);
  assert.deepEqual(loaded(/\/typescript\/|\/gates\//), []);
  const free = await repaired(sandbox, [MECHANICAL], ["--dry-run"], start);
  assert.equal(free.code, 0, free.stderr);
  assert.notDeepEqual(loaded(/\/gates\/mechanical\.ts$/), [], "the hook sees what is loaded");
  assert.deepEqual(parsers(), []);
  await repaired(sandbox, [MECHANICAL], ["--dry-run", "--policy", "mechanical"], start);
  assert.notDeepEqual(parsers(), []);
});
