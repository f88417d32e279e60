import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applyEdits } from "../domain/edit.ts";
import { packageRoot, plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { validator } from "./sarif.ts";

type Json = Readonly<Record<string, unknown>>;

async function read(options: Partial<CheckDefinition>, files: Record<string, string> = {}): Promise<Reading> {
  using workspace = plainWorkspace(files);
  return await validator.create({ name: "scan", use: "sarif", ...options }).read(workspace);
}

function assertRead(reading: Reading): Read {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

const at = (uri: string, startLine = 1): Json => ({ physicalLocation: { artifactLocation: { uri }, region: { startLine } } });
const RESULT: Json = { ruleId: "r", message: { text: "m" }, locations: [at("a.ts")] };
const log = (results: readonly unknown[], run: Json = {}): string => JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "Scan" } }, results, ...run }] });
const saved = (results: readonly unknown[], run: Json = {}, more: Partial<CheckDefinition> = {}): Promise<Reading> =>
  read({ run: ["cat", "saved.sarif"], ...more }, { "saved.sarif": log(results, run), "a.ts": "var a;\r\nvar b;\r\n" });

test("reads a real scanner's log from its output, the scratch folder or the tree", async () => {
  const files = { "src/a.js": "debugger;\n", "scan.sh": 'mkdir -p "$(dirname "$1")" && oxlint --format=sarif src > "$1"' };
  const ways: Partial<CheckDefinition>[] = [
    { run: ["oxlint", "--format=sarif", "src"] },
    { run: ["sh", "scan.sh", "{scratch}/x.sarif"], output: "{scratch}/x.sarif" },
    { run: ["sh", "scan.sh", "out/x.sarif"], output: "out/x.sarif" },
    { run: ["oxlint", "--format=sarif", "."], cwd: "src" },
  ];
  for (const way of ways) {
    const { findings } = assertRead(await read(way, files));
    assert.partialDeepStrictEqual(findings, [{ by: "scan", tool: "oxlint", rule: "eslint(no-debugger)", at: { file: "src/a.js", line: 1, column: 1 } }]);
  }
  const { findings } = assertRead(await read({ run: ["biome", "lint", "--reporter=sarif", "src"] }, files));
  assert.deepEqual(findings.map(({ tool, at: place }) => [tool, place?.file]), [["biome", "src/a.js"]]);
});

test("what flawfinder wrote: its fingerprint is the key, wherever the line is", async () => {
  const text = readFileSync(join(packageRoot, "test/recorded/flawfinder.sarif"), "utf8");
  const key = async (sarif: string, more: Partial<CheckDefinition> = {}) => assertRead(await read({ run: ["cat", "x"], ...more }, { x: sarif })).findings.map((one) => one.key);
  const moved = text.replace('"startLine": 2', '"startLine": 9').replace("buffer/strcpy:Does", "strcpy does");
  assert.notEqual(moved, text);
  assert.deepEqual(await key(moved), await key(text));
  assert.notDeepEqual(await key(text.replace(/52376a/, "52376b")), await key(text));
  assert.notDeepEqual(await key(moved, { fingerprints: false }), await key(text, { fingerprints: false }), "the message then");
});

test("fixes are edits of the tree, several of them where a finding has several", async () => {
  const fix = (startLine: number, text: string): Json => ({ artifactChanges: [{ artifactLocation: { uri: "a.ts" }, replacements: [{ deletedRegion: { startLine, startColumn: 1, endColumn: 4 }, insertedContent: { text } }] }] });
  const [one] = assertRead(await saved([{ ...RESULT, fixes: [fix(2, "let"), fix(9, "let"), fix(2, "const")] }])).findings;
  const texts = one?.fixes?.map(({ edits }) => applyEdits("var a;\r\nvar b;\r\n", edits));
  assert.deepEqual(texts, [{ ok: true, text: "var a;\r\nlet b;\r\n" }, { ok: true, text: "var a;\r\nconst b;\r\n" }]);
  assert.deepEqual(one?.fixes?.map(({ safety }) => safety), ["unsafe", "unsafe"]);
});

test("what is suppressed, absent or outside of the tree is no finding", async () => {
  const none = [{ ...RESULT, suppressions: [{}] }, { ...RESULT, baselineState: "absent" }, { ...RESULT, locations: [at("/etc/passwd")] }, { ...RESULT, kind: "pass" }];
  assert.deepEqual(assertRead(await saved(none)).findings, []);
});

test("a scan that failed, a result that cannot be read, a log of an earlier run or another exit code is no reading", async () => {
  const kind = async (reading: Promise<Reading>): Promise<string> => (await reading).kind;
  assert.equal(await kind(saved([], { invocations: [{ executionSuccessful: false }] })), "unreadable");
  assert.equal(await kind(saved([RESULT], { results: null })), "unreadable");
  assert.equal(await kind(saved([RESULT, { ...RESULT, locations: [] }])), "unreadable");
  assert.equal(await kind(read({ run: ["true"], output: "x.sarif" }, { "x.sarif": log([]) })), "crashed");
  assert.equal(await kind(read({ run: ["sh", "-c", "cat x; exit 2"] }, { x: log([]) })), "crashed");
  assert.equal(await kind(read({ run: ["sh", "-c", "cat x; exit 2"], exitCodes: [2] }, { x: log([]) })), "read");
});
