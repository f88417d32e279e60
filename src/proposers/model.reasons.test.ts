/** Whatever a model does instead of a fix: nothing of it lands, and the ledger has the reason. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sandbox } from "../../test/support/cli.ts";
import { openaiReply, ScriptedProvider, type Reply } from "../../test/support/provider.ts";

const DOUBLE = "export function double(n: number): number {\n  return String(n * 2);\n}\n";
const HALF = "export function half(n: number): number {\n  return String(n / 2);\n}\n";

const SETTINGS = {
  "tsconfig.json": '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "types": [], "lib": ["es2023"] }, "include": ["src"] }\n',
  "stet.config.json": '{ "checks": [{ "name": "tsc", "use": "tsc" }] }\n',
};

function patch(path: string, old_string: string, new_string: string): Reply {
  return openaiReply({ calls: [{ name: "patch_file", input: { path, edits: [{ old_string, new_string }] } }] });
}

/** Ways in which a model gives nothing that can be tried, by the file that it is asked about, with the code in the ledger. */
const REASONS: Readonly<Record<string, readonly [reply: (file: string) => Reply, code: string]>> = {
  "gives-up": [() => openaiReply({ calls: [{ name: "give_up", input: { reason: "no idea" } }] }), "gave-up"],
  filtered: [() => openaiReply({ text: "no", finish: "refused" }), "answer-refused"],
  "cut-off": [() => openaiReply({ text: '{"path":', finish: "cut-off" }), "answer-cut-off"],
  prose: [() => openaiReply({ text: "You should return a number." }), "answer-no-action"],
  "other-arguments": [() => openaiReply({ calls: [{ name: "patch_file", input: { file: "x" } }] }), "answer-wrong-shape"],
  "no-json": [(file) => openaiReply({ calls: [{ name: "patch_file", input: `{"path": "${file}` }] }), "answer-wrong-shape"],
  "another-file": [() => patch("src/half.ts", "a", "b"), "other-file"],
  outside: [() => patch("../../etc/passwd", "root", "me"), "other-file"],
  "two-files": [
    (file) => openaiReply({ calls: [file, "src/half.ts"].map((path) => ({ name: "patch_file", input: { path, edits: [{ old_string: "a", new_string: "b" }] } })) }),
    "answer-several",
  ],
  nothing: [(file) => patch(file, "String(n * 2)", "String(n * 2)"), "no-change"],
  elsewhere: [(file) => patch(file, "return 17;", "return n * 2;"), "no-such-text"],
  "too-long": [() => ({ status: 400, body: { error: { message: "context too long" } } }), "model-rejected"],
};

test("whatever a model does instead of a fix has its reason in the ledger, and the run goes on", async () => {
  const fileOf = (name: string): string => `src/${name}.ts`;
  const files = Object.fromEntries(Object.keys(REASONS).map((name) => [fileOf(name), DOUBLE]));
  using sandbox = new Sandbox({ ...SETTINGS, ...files, "src/half.ts": HALF });
  await using provider = await ScriptedProvider.start(({ text }) => {
    const [, name = ""] = /File: src\/(\S+?)\.ts/.exec(text) ?? [];
    return REASONS[name]?.[0](fileOf(name)) ?? patch("src/half.ts", "String(n / 2)", "n / 2");
  });
  const { code, stdout } = await sandbox.stet(["repair", "--model", `compatible:${provider.url}/v1#small`]);
  assert.equal(code, 1, stdout);
  assert.equal(sandbox.show("src/half.ts"), HALF.replace("String(n / 2)", "n / 2"));
  const declined = sandbox.ledger().filter(({ kind }) => kind === "declined") as unknown as { reason: { code: string }; findings: { at: { file: string } }[] }[];
  for (const [name, [, expected]] of Object.entries(REASONS)) {
    const codes = declined.filter(({ findings }) => findings[0]?.at.file === fileOf(name)).map(({ reason }) => reason.code);
    assert.ok(codes.length >= 1 && codes.length <= 2, `${name}: ${codes.join()}`);
    assert.deepEqual([...new Set(codes)], [expected], name);
  }
});
