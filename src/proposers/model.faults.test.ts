/** Whatever a provider does instead of answering: it is on record, the next rung goes on, and the exit code is right. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "../../test/support/cli.ts";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "../../test/support/provider.ts";

const DOUBLE = "export function double(n: number): number {\n\treturn String(n * 2);\n}\n";
const FILES = {
  "tsconfig.json": '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "types": [], "lib": ["es2023"] }, "include": ["src"] }\n',
  "stet.config.json": '{ "checks": [{ "name": "tsc", "use": "tsc" }] }\n',
  "src/double.ts": DOUBLE,
};

function patch(path: string, old_string: string, new_string: string): Reply {
  return openaiReply({ calls: [{ name: "patch_file", input: { path, edits: [{ old_string, new_string }] } }] });
}

/** Ways not to answer, each on a rung of its own, with the reason's code. */
const FAULTS: readonly (readonly [name: string, reply: Reply, code: string])[] = [
  ["401", { status: 401, body: { error: { message: "who are you" } } }, "model-unauthorized"],
  ["a redirect", { status: 307, headers: { location: "https://elsewhere.example/v1" } }, "model-redirected"],
  ["1 GB", { headers: { "content-length": String(1024 ** 3) }, cutAfterBytes: 0 }, "model-too-large"],
  ["HTML", { body: "<html><title>Sign in</title></html>" }, "model-unreadable"],
  ["a truncated stream", { ...openaiReply({ text: "a long answer ".repeat(50) }), cutAfterBytes: 200 }, "model-network"],
  ["busy", { status: 529, headers: { "retry-after-ms": "1" }, body: { error: { message: "busy" } } }, "model-overloaded"],
  ["down", { status: 500, headers: { "retry-after-ms": "1" }, body: "oops" }, "model-server"],
];

function declinedOf(sandbox: Sandbox): string[] {
  return sandbox.ledger().filter(({ kind }) => kind === "declined").map(({ reason }) => (reason as { code: string }).code);
}

test("each fault of a provider has its reason in the ledger, its calls are counted, and the next rung settles it", async () => {
  using sandbox = new Sandbox(FILES);
  const good = await ScriptedProvider.start([patch("src/double.ts", "  return String(n * 2);", "  return n * 2;")]);
  const providers = [...(await Promise.all(FAULTS.map(([, reply]) => ScriptedProvider.start(() => reply)))), good];
  try {
    // Nobody listens at the discard port of this machine.
    const addresses = ["http://127.0.0.1:9", ...providers.map(({ url }) => url)];
    const models = addresses.flatMap((url, index) => ["--model", `compatible:${url}/v1#m${index}`]);
    const { code, stdout, stderr } = await sandbox.stet(["repair", ...models]);
    assert.equal(code, 0, stdout);
    assert.deepEqual(declinedOf(sandbox), ["model-network", ...FAULTS.map(([, , expected]) => expected)]);
    for (const index of addresses.keys()) {
      const faulty = index < addresses.length - 1 && FAULTS[index - 1]?.[0] !== "1 GB";
      assert.equal(new RegExp(`#m${index} is left out of the rest of the run`).test(stderr), faulty, `m${index}`);
    }
    const requests = (part: string): unknown[] => sandbox.ledger().filter(({ kind }) => kind === part).map((entry) => ((entry["cost"] ?? (entry["proposal"] as { cost: unknown }).cost) as { requests: number }).requests);
    assert.deepEqual(requests("declined"), [4, 1, 1, 1, 4, 4, 4, 4]);
    assert.deepEqual(requests("verdict"), [1]);
    // The quote had spaces where the file has a tab: put right, and said so.
    assert.equal(sandbox.show("src/double.ts"), DOUBLE.replace("String(n * 2)", "n * 2"));
    assert.partialDeepStrictEqual(sandbox.ledger().find(({ kind }) => kind === "verdict"), { verdict: "better", proposal: { reindented: 1 } });
  } finally {
    for (const provider of providers) await provider[Symbol.asyncDispose]();
  }
});

test("what earlier runs tried of a cluster goes to the next rung with the finding, and a remark in place of code is refused", async () => {
  const names = ["a", "b", "c"];
  using sandbox = new Sandbox({ ...FILES, ...Object.fromEntries(names.map((name) => [`src/${name}.ts`, DOUBLE.replace("double", name)])), "src/double.ts": "export {};\n" });
  const fileOf = (text: string): string => /File: (\S+?)\\n/.exec(text)?.[1] ?? "";
  const omits: Script = ({ text }) => patch(fileOf(text), "return String(n * 2);", text.includes("tried before") ? "return n * 2; // ... rest unchanged" : "return n * two;");
  await using small = await ScriptedProvider.start(omits);
  await using strong = await ScriptedProvider.start(({ text }) => patch(fileOf(text), "String(n * 2)", "n * 2"));
  const [cheap = "", dear = ""] = [small, strong].map(({ url }, index) => `compatible:${url}/v1#${index === 0 ? "small" : "strong"}`);
  assert.equal((await sandbox.stet(["repair", "--model", cheap])).code, 1);
  const codes = sandbox.ledger().flatMap((entry) => (entry["reasons"] as { code: string }[] | undefined) ?? []).map(({ code }) => code);
  assert.ok(codes.includes("code-omitted"), codes.join());

  writeFileSync(join(sandbox.root, "src/late.ts"), DOUBLE.replace("double", "late"));
  sandbox.git("add", ".");
  sandbox.git("commit", "--quiet", "-m", "late");
  const asked = small.requests.length;
  const { code, stderr } = await sandbox.stet(["repair", "src/late.ts", "--model", cheap, "--model", dear]);
  assert.equal(code, 0, stderr);
  assert.equal(small.requests.length, asked, "it is hopeless there");
  assert.match(stderr, /failed \d+ times at TS2322; the next rung takes over there/);
  assert.match(strong.requests[0]?.text ?? "", /tried before.*(n \* two|rest unchanged)/s);
});
