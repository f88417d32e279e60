import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceOf, skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./sarif.ts";

type Json = Readonly<Record<string, unknown>>;
const location = { physicalLocation: { artifactLocation: { uri: "a.ts" }, region: { startLine: 2, startColumn: 3 } } };
const RESULT: Json = { ruleId: "r", message: { text: "m" }, locations: [location] };
const log = (results: readonly unknown[], run: Json = {}): string => JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "Scan" } }, results, ...run }] });

test("a result is a suggestion that states no confidence, with what was looked at", async () => {
  const run = { versionControlProvenance: [{ revisionId: "c0ffee" }], artifacts: [{ location: { uri: "a.ts" }, hashes: { "sha-256": "AB" } }] };
  const [one] = await suggestionsOf(source, log([RESULT], run));
  assert.partialDeepStrictEqual(one, { file: "a.ts", origin: { source: "sarif", input: "-", number: 1 }, reviewed: { commit: "c0ffee", content: "sha256:ab" } });
  assert.partialDeepStrictEqual(one?.advice, [{ finding: { by: "scan", rule: "r", message: "m", at: { file: "a.ts", line: 2, column: 3 } } }]);
  assert.equal(one?.trust, undefined);
});

test("a key is the fingerprint's, where there is one", async () => {
  const keys = async (...results: readonly Json[]): Promise<string[]> => (await adviceOf(source, log(results))).map(({ finding }) => finding.key);
  const marked = { ...RESULT, partialFingerprints: { p: "1" } };
  const [plain, one, reworded, other] = await keys(RESULT, marked, { ...marked, message: { text: "n" } }, { ...marked, partialFingerprints: { p: "2" } });
  assert.equal(one, reworded);
  assert.equal(new Set([plain, one, other]).size, 3);
});

test("what is left out is named by its number", async () => {
  const broken = { artifactChanges: [] };
  const results = [{ ...RESULT, suppressions: [{}] }, { ...RESULT, baselineState: "absent" }, { ...RESULT, kind: "pass" }, 7, { ...RESULT, locations: [{ physicalLocation: { artifactLocation: { uri: "../x" } } }] }, { ...RESULT, fixes: [broken] }];
  const expected = [[1, "result-suppressed", false], [2, "result-absent", false], [3, "result-no-defect", false], [4, "result-shape", true], [5, "path-outside", true], [6, "fixes-broken", true]];
  assert.deepEqual(await skippedOf(source, log(results)), expected);
  assert.deepEqual(await skippedOf(source, log([RESULT], { invocations: [{ executionSuccessful: false }] })), [[0, "scan-failed", true]]);
  assert.deepEqual(await skippedOf(source, log([RESULT]).slice(0, -9)), [[0, "document-not-json", true]]);
  for (const text of ["null", "[]", '{"version":"1.0.0","runs":[]}']) assert.deepEqual(await skippedOf(source, text), [[0, "document-shape", true]], text);
  assert.deepEqual(await skippedOf(source, '{"version":"2.1.0","runs":[null]}'), [[1, "result-shape", true]]);
});

test("a log is recognised by its schema or its shape, or else by its name", () => {
  for (const head of ['{"$schema":"https://json.schemastore.org/sarif-2.1.0.json"', '{"version":"2.1.0","runs":[', '\n{ "runs" : [ { "tool":']) assert.ok(source.recognise(head, "x") > 0.9, head);
  assert.ok(source.recognise("{", "scan.sarif") > 0);
  for (const head of ["{}", "[]", "", '{"diagnostics":[]}', 'a.ts:1: "runs":[ "version":']) assert.equal(source.recognise(head, "x.json"), 0, head);
});
